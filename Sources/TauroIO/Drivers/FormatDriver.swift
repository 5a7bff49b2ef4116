import TauroEngine
package import TauroModel

/// How datasets of one format are found, read and stored, where they are more than files that the engine reads and writes:
/// tables with a log of their own, databases, brokers.
///
/// Safe from any thread; calls block theirs.
package protocol FormatDriver: Sendable {
    /// What is wrong with how a dataset is described, beyond what its options' kinds say (`DatasetCheck`).
    ///
    /// Looks at nothing that is stored.
    func findings(_ dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic]

    /// The server that a dataset is on and that can be out of order as a whole, by a name for people without secrets; nil where
    /// there is none.
    func resource(of dataset: DatasetDefinition) -> String?

    /// Makes sure, without reading rows, that there is something to read.
    ///
    /// - Returns: how much there is, as far as that is known without reading.
    /// - Throws: `DatasetError`, with the code `.notFound` where nothing is there; `ResourceError` for what a library or a
    ///   server is missing for.
    func find(_ dataset: DatasetDefinition) throws -> DatasetPresence

    /// The dataset's rows; they are read when they are asked for, each time.
    ///
    /// - Throws: what `find` throws, or `SQLError`.
    func open(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame

    /// Makes sure, before anything runs, that an output may be stored; stores nothing.
    ///
    /// What the node of `commit` has stored itself is no obstacle.
    ///
    /// - Throws: `DatasetError` or `ResourceError`.
    func checkOutput(_ dataset: DatasetDefinition, commit: CommitIdentity?) throws

    /// Stores a result in one step and once a commit: the same commit again stores nothing and says what is stored.
    ///
    /// - Throws: `DatasetError` or `ResourceError`; what was stored before is then untouched.
    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput

    /// As `DatasetWriter` says.
    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput?

    /// As `DatasetWriter` says.
    func trouble(with output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> String?

    /// As `DatasetWriter` says.
    func restore(_ output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> Frame?

    /// As `DatasetWriter` says.
    func restoresExactly(_ frame: Frame, as dataset: DatasetDefinition) -> Bool

    /// As `DatasetWriter` says.
    func obstacle(toReplacing dataset: DatasetDefinition) -> String?
}

extension FormatDriver {
    /// Where rows are stored by others' hands, what comes back is what they made of it.
    package func restore(
        _ output: StoredOutput,
        of dataset: DatasetDefinition,
        commit: CommitIdentity
    ) throws -> Frame? { nil }

    package func restoresExactly(_ frame: Frame, as dataset: DatasetDefinition) -> Bool { false }
}

extension FormatDriver {
    func resource(of dataset: DatasetDefinition) -> String? { nil }
}
