/// Finds the rows behind a dataset's definition.
///
/// Safe from any thread.
package protocol DatasetLoader: Sendable {
    /// Opens a dataset for reading; the rows are read when they are asked for.
    ///
    /// - Throws: `ResourceError`, or `DatasetError` where nothing is stored or it can not be read.
    func load(_ dataset: DatasetDefinition, as kind: NodeSignature.Input.Kind, dates: DateWindow) throws -> Dataset
}

/// Stores what nodes return, and knows it again when a run is resumed.
///
/// Safe from any thread; blocks its own. All throw `ResourceError` or `DatasetError`.
package protocol DatasetWriter: Sendable {
    /// Stores a result in one step: a reader sees the old dataset or the new one, never half of one.
    ///
    /// What was stored before is untouched where it throws.
    func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput

    /// What a commit stored, where it took place; nil where it did not, or where that can not be known.
    ///
    /// For a run that is resumed: its journal may have died before it was told.
    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput?

    /// Why what a commit stored can not be trusted any more, as the end of a sentence about the output, for example
    /// `part-00000-….parquet is missing`; nil where it is there as it was stored.
    ///
    /// May read all of it.
    func trouble(
        with output: StoredOutput,
        of dataset: DatasetDefinition,
        commit: CommitIdentity
    ) throws -> String?

    /// The very result that a commit stored; nil where the format does not give back every type, or not in its order.
    ///
    /// Looks for no trouble. A frame's rows are read when they are asked for: they are to be evaluated before anybody may store
    /// there again.
    func restore(_ output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> Dataset?

    /// Whether `restore` will give a result back once it is stored, so that no copy of it need be kept.
    func restoresExactly(_ result: Dataset, as dataset: DatasetDefinition) -> Bool

    /// Why a new generation can not take the place of what an earlier one stored, as a sentence with a cure; nil where it
    /// can.
    func obstacle(toReplacing dataset: DatasetDefinition) -> String?
}

/// Who stores: the run is part of every file name, so that files of two commits are never taken for one another.
package struct CommitIdentity: Sendable, Hashable {
    package let runID: String
    package let node: String
    /// How often the node's result is made anew within the run, after one was stored and then not trusted: 1 for the first.
    ///
    /// A commit takes the place of what earlier generations of the same run and node stored, and adds nothing where its own
    /// generation has stored.
    package let generation: Int

    package init(runID: String, node: String, generation: Int = 1) {
        self.runID = runID
        self.node = node
        self.generation = generation
    }

    /// Whether both are the same node's of the same run, whatever their generations.
    package func isSameNode(as other: CommitIdentity) -> Bool { runID == other.runID && node == other.node }
}

/// A dataset could not be read or stored.
package struct DatasetError: Error, CustomStringConvertible {
    package enum Code: Sendable {
        case notFound
        case alreadyExists
        case unreadable
        case unwritable
        case unsupported
        case cancelled
    }

    package let code: Code
    /// What happened to which dataset and where, and what to do.
    package let message: String
    /// The message.
    package var description: String { message }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
