/// Looks at datasets before anything runs: format, options, what is there and what is not.
///
/// Safe from any thread.
package protocol DatasetChecker: Sendable {
    /// All findings about an input that a function takes as `kind`; nothing for a result of the run.
    func check(_ input: PlannedInput, as kind: NodeSignature.Input.Kind) -> InputFindings
    /// What a dataset that is a query reads, in turn too, each once; nothing for others, and as far as it can be told.
    func datasets(readBy dataset: DatasetDefinition) -> [PlannedInput]
    /// The server that a dataset is on and that can be out of order as a whole, by a name for people without secrets; nil for a
    /// dataset that is files.
    func resource(of dataset: DatasetDefinition) -> String?
    /// All findings about an output.
    ///
    /// `commit` says which node of which run stores it, where that run is resumed: rows that it has stored itself are no
    /// obstacle.
    func check(output: DatasetDefinition, commit: CommitIdentity?) -> [Diagnostic]
    /// All findings about how a dataset is described, without a look at what is there.
    func check(description dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic]
}
