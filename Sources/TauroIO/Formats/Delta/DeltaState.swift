import TauroBasics

/// What a Delta table is at one version.
///
/// Source: the Delta Transaction Log Protocol, section "Action Reconciliation".
struct DeltaState {
    /// -1 before the first commit.
    private(set) var version: Int64 = -1
    private(set) var versions = DeltaVersions.plain
    /// Nil before the first commit.
    private(set) var metadata: DeltaMetadata?
    /// The files that hold its rows.
    private(set) var files: [DeltaFile.Key: DeltaFile] = [:]
    /// Files of earlier versions.
    private(set) var removed: [DeltaFile.Key: DeltaFile] = [:]
    /// What writers say they committed, by their names.
    private(set) var transactions: [String: DeltaTransaction] = [:]

    /// Whether there is a table.
    var isThere: Bool { metadata != nil }

    /// The files that hold its rows, by their paths.
    var sortedFiles: [DeltaFile] { files.values.sorted { $0.path < $1.path } }

    /// How many rows it has, where every file says how many it has.
    var rows: Int64? {
        files.values.reduce(0) { sum, file in sum.flatMap { known in file.rows.map { known + $0 } } }
    }

    /// Takes the actions of the version after this one, or those of a checkpoint of a version.
    mutating func apply(_ actions: [DeltaAction], version: Int64) {
        self.version = version
        for action in actions {
            switch action {
            case .versions(let versions): self.versions = versions
            case .metadata(let metadata): self.metadata = metadata
            case .add(let file):
                files[file.key] = file
                removed[file.key] = nil
            case .remove(let file):
                files[file.key] = nil
                removed[file.key] = file
            case .transaction(let transaction): transactions[transaction.application] = transaction
            case .commitInfo, .other: break
            }
        }
    }
}
