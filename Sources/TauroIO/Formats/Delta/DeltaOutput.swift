import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Stores results in a Delta table, each as one version of it.
///
/// The files of a result come into the table's directory under names that nobody else has, and count for nothing until the
/// version's file is put into the log: whole, and only where no other has the version. Who is second looks at what the first did,
/// and goes on behind it. Source: the Delta Transaction Log Protocol, sections "Delta Log Entries" and "Requirements for
/// Writers".
struct DeltaOutput {
    let engine: any Engine
    /// How many files may be written at once.
    let writers: Int
    let dataset: DatasetDefinition
    let commit: CommitIdentity
    let cancellation: CancellationToken
    let atStep: @Sendable (CommitStep) throws -> Void
    /// How often others may change what a commit is made from before it ends.
    var conflictLimit = 20
    var sync = DiskSync.off

    /// How often a version is tried for that others may have: they only add rows.
    static let attemptLimit = 10_000

    /// Stores a result; where its commit is there already, nothing.
    func store(_ frame: Frame) throws -> StoredOutput {
        let place = try DeltaPlace(of: dataset)
        DeltaStaging.sweep(place.path)
        let state = try DeltaOutput.state(place, dataset, engine, cancellation)
        if let output = try finished(state, in: place) { return output }
        try checkWritable(state, place)
        let columns = try DeltaDataFiles.columns(of: frame.schema(), dataset)
        let partition = try PartitionColumns(divided(as: state), of: frame.schema())
        let replaced = ReplacedPartitions(dataset, engine: engine, cancellation: cancellation)
        try replaced?.check(frame)
        try checkRequired(frame, state)
        let places = sync.newPlaces(of: FilePath.join(place.path, DeltaLog.directoryName))
        let staging = try DeltaStaging(in: place.path, runID: commit.runID)
        var isCommitted = false
        do {
            try atStep(.staged)
            let files = try write(frame, partition, to: staging.path)
            try atStep(.written)
            let plan = DeltaCommit(
                dataset: dataset,
                identity: commit,
                change: DeltaSchemaChange(dataset: dataset, columns: columns, partition: partition.names),
                files: files,
                exactColumns: DeltaRestoring(dataset, engine).columns(of: frame, dividedBy: partition.names),
                moment: DeltaOutput.now
            )
            // What does not fit is told before any file is in the table.
            _ = try plan.actions(after: state, replacing: [])
            try staging.place(files.map { ($0.written.path, $0.target) }, base: state.version)
            try sync.all(placed(files, in: place) + places)
            try atStep(.joined)
            if let output = try put(plan, after: state, replaced, by: staging, in: place, { isCommitted = true }) {
                staging.discard()
                return output
            }
            staging.finish()
            try atStep(.removed)
            return output(files)
        } catch {
            if isCommitted { staging.finish() } else { staging.discard() }
            throw error
        }
    }

    /// Makes sure that an output may be stored; stores nothing.
    ///
    /// What the node of `commit` has stored is no obstacle.
    static func check(_ dataset: DatasetDefinition, _ engine: any Engine, commit: CommitIdentity?) throws {
        let place = try DeltaPlace(of: dataset)
        let state = try state(place, dataset, engine, CancellationToken())
        if state.isThere, dataset.writeMode == .ignore { return }
        let output = DeltaOutput(
            engine: engine,
            writers: 1,
            dataset: dataset,
            commit: commit ?? CommitIdentity(runID: "", node: ""),
            cancellation: CancellationToken(),
            atStep: { _ in }
        )
        if state.isThere, dataset.writeMode == .error, !output.isOnly(state) { throw output.exists() }
        try output.checkWritable(state, place)
    }

    /// Milliseconds since 1970.
    private static var now: Int64 { SystemWallClock().wallTime().millisecondsSinceEpoch }

    /// The table at its newest version.
    static func state(
        _ place: DeltaPlace,
        _ dataset: DatasetDefinition,
        _ engine: any Engine,
        _ cancellation: CancellationToken
    ) throws -> DeltaState {
        do {
            return try place.log()?.state(engine, cancellation) ?? DeltaState()
        } catch let problem as DeltaLog.Problem {
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': the Delta table in \(dataset.path.value) can not be written: \(problem)"
            )
        }
    }

    private func write(
        _ frame: Frame,
        _ partition: PartitionColumns,
        to directory: String
    ) throws -> [DeltaDataFiles.File] {
        try DeltaDataFiles(
            engine: engine,
            writers: writers,
            dataset: dataset,
            runID: commit.runID,
            cancellation: cancellation
        ).write(frame, partition, to: directory)
    }

    /// The files in the table and their directories, from the inside out.
    private func placed(_ files: [DeltaDataFiles.File], in place: DeltaPlace) -> [String] {
        let paths = files.map { FilePath.join(place.path, $0.target) }
        var directories: Set<String> = [place.path]
        for path in paths {
            var directory = FilePath.parent(path)
            while directory != place.path, directories.insert(directory).inserted {
                directory = FilePath.parent(directory)
            }
        }
        return paths + directories.sorted(by: >)
    }

    private func output(_ files: [DeltaDataFiles.File]) -> StoredOutput {
        let record = OutputRecord(
            dataset,
            rows: files.reduce(0) { $0 + $1.written.rows },
            bytes: files.reduce(0) { $0 + $1.written.bytes },
            files: files.count
        )
        return StoredOutput(record, seal: .files(files.map(\.seal)))
    }
}
