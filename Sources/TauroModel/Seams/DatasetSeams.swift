/// Finds the rows behind a dataset's definition.
///
/// Safe from any thread.
package protocol DatasetLoader: Sendable {
    /// Opens a dataset for reading; the rows are read when they are asked for.
    ///
    /// - Throws: `ResourceError`, or `DatasetError` where nothing is stored or it can not be read.
    func load(_ dataset: DatasetDefinition, as kind: NodeSignature.Input.Kind, dates: DateWindow) throws -> Dataset
}

/// Stores what nodes return.
///
/// Safe from any thread.
package protocol DatasetWriter: Sendable {
    /// Stores a result in one step: a reader sees the old dataset or the new one, never half of one.
    ///
    /// - Throws: `ResourceError` or `DatasetError`; what was stored before is then untouched.
    func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> OutputRecord
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
