/// What a node stored under one output id, and how to tell later whether it is still there as it was stored.
package struct StoredOutput: Sendable, Hashable {
    /// What summaries say of it.
    package let record: OutputRecord
    /// By what it is known again.
    package let seal: OutputSeal

    package init(_ record: OutputRecord, seal: OutputSeal) {
        self.record = record
        self.seal = seal
    }
}

/// By what a stored output is known again.
package enum OutputSeal: Sendable, Hashable {
    /// The files that the commit added, which nobody may have touched since.
    case files([FileSeal])
    /// A note of the commit in the place where the rows are, for example in a table's log or in a database: whoever reads
    /// it decides what else it takes.
    case commit
    /// It can not be known again, for example messages that a broker took outside of a transaction.
    case none
}

/// A file as it was stored.
package struct FileSeal: Sendable, Hashable {
    /// Its path below the output's directory.
    package let path: String
    /// Its size in bytes.
    package let size: Int64
    /// XXH64 of all its bytes.
    package let digest: UInt64

    package init(path: String, size: Int64, digest: UInt64) {
        self.path = path
        self.size = size
        self.digest = digest
    }
}
