import TauroBasics
import TauroEngine
import TauroModel

/// An output that is files in a directory of its own: how a result takes its place there.
///
/// Safe from any thread; blocks its own.
struct FileOutput {
    /// Nothing is left to store.
    private struct Settled: Error {
        /// What is there already of the very commit; nil where others' rows are there, and are left alone.
        let entry: CommitEntry?
    }

    let dataset: DatasetDefinition
    let engine: FileEngine
    /// How many files may be written at once.
    let writers: Int
    let sync: DiskSync
    let atStep: @Sendable (CommitStep) throws -> Void

    /// Stores a result, unless the commit has before; what earlier generations of it stored gives way.
    func store(
        _ result: Dataset,
        _ commit: CommitIdentity,
        _ cancellation: CancellationToken
    ) throws -> StoredOutput {
        let directory = try OutputDirectory(of: dataset)
        let own = try directory.commits().entry(ofNode: commit)
        if let own, own.commit.generation >= commit.generation {
            // It may have died between taking the place and removing what was there.
            StagedDirectory.sweep(beside: directory.path)
            return try output(of: own, in: directory)
        }
        try directory.checkReplaceable(by: commit)
        if directory.isLeftAlone(by: commit) { return .nothing(dataset) }
        let places = sync.newPlaces(of: directory.path)
        let staged = try StagedDirectory(for: directory.path, runID: commit.runID)
        do {
            let mode = dataset.writeMode
            let replaces = mode == .overwrite || mode == .append || FileSystem.exists(directory.path)
            return try fill(staged, result, commit, in: directory, replacing: replaces, places, cancellation)
        } catch let settled as Settled {
            staged.discard()
            return try settled.entry.map { try output(of: $0, in: directory) } ?? .nothing(dataset)
        } catch {
            staged.discard()
            guard (error as? SystemError)?.isExistingPath == true else { throw error }
            // Another was first.
            if let entry = try directory.commits().entry(ofNode: commit) { return try output(of: entry, in: directory) }
            if directory.isLeftAlone(by: commit) { return .nothing(dataset) }
            throw error
        }
    }

    /// Writes the result aside and puts it in place.
    private func fill(
        _ staged: StagedDirectory,
        _ result: Dataset,
        _ commit: CommitIdentity,
        in directory: OutputDirectory,
        replacing: Bool,
        _ places: [String],
        _ cancellation: CancellationToken
    ) throws -> StoredOutput {
        try atStep(.staged)
        var entry = try write(result, to: staged.path, commit, cancellation)
        let added = try OutputFiles.seals(in: staged.path, besideOthers: directory.keepsRows)
        entry.added = added
        try atStep(.written)
        let joining = try joining(result, cancellation)
        try staged.commit(replacing: replacing) {
            // A link may have appeared on the way.
            try PathGuard(dataset)?.check(directory.path)
            var commits = try directory.commits()
            if let own = commits.entry(ofNode: commit), own.commit.generation >= commit.generation {
                throw Settled(entry: own)
            }
            try directory.checkReplaceable(by: commit)
            if directory.isLeftAlone(by: commit) { throw Settled(entry: nil) }
            let replaced = try directory.files(replacedBy: commit, commits)
            try joining?.join(directory.path, into: staged.path, without: replaced)
            commits.add(entry)
            if directory.keepsRows { commits.forgetFiles() } else { commits.forgetReplaced() }
            try commits.write(to: staged.path)
            try sync.tree(staged.path)
            try atStep(.joined)
        } exchanged: {
            try sync.all(places)
            try atStep(.exchanged)
        }
        try atStep(.removed)
        return StoredOutput(record(of: entry), seal: .files(added))
    }

    private func write(
        _ result: Dataset,
        to directory: String,
        _ commit: CommitIdentity,
        _ cancellation: CancellationToken
    ) throws -> CommitEntry {
        switch result {
        case .artifact(let artifact):
            if dataset.writeMode == .append {
                throw DatasetError(
                    .unsupported,
                    "output '\(dataset.id)': an artifact has no rows to append; use write_mode: overwrite"
                )
            }
            let bytes = try ArtifactStore.write(artifact, to: directory)
            var entry = CommitEntry(commit: commit, rows: nil, bytes: bytes, files: 1)
            entry.mediaType = artifact.mediaType
            return entry
        case .frame(let frame):
            let format = try format()
            let writer = TableWriter(
                engine: engine,
                writers: writers,
                dataset: dataset,
                format: format.table,
                bulkFormat: format.bulk,
                cancellation: cancellation
            )
            try ReplacedPartitions(dataset, engine: engine, cancellation: cancellation)?.check(frame)
            let receipts = try writer.write(frame, to: directory, runID: commit.runID)
            let rows = receipts.reduce(0) { $0 + $1.rows }
            let bytes = receipts.reduce(0) { $0 + $1.bytes }
            var entry = CommitEntry(commit: commit, rows: rows, bytes: bytes, files: receipts.count)
            entry.columns = exactColumns(of: frame)
            return entry
        }
    }

    /// The format of the files, in the house's words and in the engine's.
    func format() throws -> (table: TableFormat, bulk: BulkFormat) {
        if let format = TableFormat.named(dataset.format.value), let bulk = format.bulkFormat { return (format, bulk) }
        throw DatasetError(.unsupported, "format '\(dataset.format.value)' can not be written")
    }

    /// What keeps and joins stored rows, where the result has some.
    private func joining(_ result: Dataset, _ cancellation: CancellationToken) throws -> RowJoining? {
        guard case .frame = result else { return nil }
        return RowJoining(
            SchemaAgreement(engine: engine, dataset: dataset, format: try format().table),
            replaced: ReplacedPartitions(dataset, engine: engine, cancellation: cancellation)
        )
    }
}

extension StoredOutput {
    /// What is told of an output that was left alone.
    static func nothing(_ dataset: DatasetDefinition) -> StoredOutput {
        StoredOutput(OutputRecord(dataset, rows: 0, bytes: 0, files: 0), seal: .files([]))
    }
}
