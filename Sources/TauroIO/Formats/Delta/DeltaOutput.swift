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

    /// How often a version is tried for that others may have: they only add rows.
    private static let attemptLimit = 10_000

    /// Stores a result; where its commit is there already, nothing.
    func store(_ frame: Frame) throws -> OutputRecord {
        let place = try DeltaPlace(of: dataset)
        DeltaStaging.sweep(place.path)
        let state = try DeltaOutput.state(place, dataset, engine, cancellation)
        if let record = try finished(state, in: place) { return record }
        try checkWritable(state, place)
        let columns = try DeltaDataFiles.columns(of: frame.schema(), dataset)
        let partition = try PartitionColumns(divided(as: state), of: frame.schema())
        let replaced = ReplacedPartitions(dataset, engine: engine, cancellation: cancellation)
        try replaced?.check(frame)
        try checkRequired(frame, state)
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
                moment: DeltaOutput.now
            )
            // What does not fit is told before any file is in the table.
            _ = try plan.actions(after: state, replacing: [])
            try staging.place(files.map { ($0.written.path, $0.target) }, base: state.version)
            try atStep(.joined)
            if let record = try put(plan, after: state, replaced, by: staging, in: place, { isCommitted = true }) {
                staging.discard()
                return record
            }
            staging.finish()
            try atStep(.removed)
            return record(files)
        } catch {
            if isCommitted { staging.finish() } else { staging.discard() }
            throw error
        }
    }

    /// Makes sure that an output may be stored; stores nothing.
    static func check(_ dataset: DatasetDefinition, _ engine: any Engine) throws {
        let place = try DeltaPlace(of: dataset)
        let state = try state(place, dataset, engine, CancellationToken())
        if state.isThere, dataset.writeMode == .ignore { return }
        let output = DeltaOutput(
            engine: engine,
            writers: 1,
            dataset: dataset,
            commit: CommitIdentity(runID: "", node: ""),
            cancellation: CancellationToken(),
            atStep: { _ in }
        )
        if state.isThere, dataset.writeMode == .error { throw output.exists() }
        try output.checkWritable(state, place)
    }

    /// Milliseconds since 1970.
    private static var now: Int64 { SystemWallClock().wallTime().millisecondsSinceEpoch }

    /// The table at its newest version.
    private static func state(
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

    private func record(_ files: [DeltaDataFiles.File]) -> OutputRecord {
        OutputRecord(
            dataset,
            rows: files.reduce(0) { $0 + $1.written.rows },
            bytes: files.reduce(0) { $0 + $1.written.bytes },
            files: files.count
        )
    }
}

extension DeltaOutput {
    /// Puts the version that follows into the log, and again behind others who were first.
    ///
    /// - Returns: nil once it is there; what is stored instead, where that is all there is to do.
    private func put(
        _ plan: DeltaCommit,
        after first: DeltaState,
        _ replaced: ReplacedPartitions?,
        by staging: DeltaStaging,
        in place: DeltaPlace,
        _ committed: () -> Void
    ) throws -> OutputRecord? {
        var state = first
        var conflicts = 0
        for _ in 0..<DeltaOutput.attemptLimit {
            if cancellation.isCancelled {
                throw DatasetError(.cancelled, "output '\(dataset.id)': its run was cancelled before it was stored")
            }
            let actions = try plan.actions(after: state, replacing: removedFiles(state, replaced))
            if try put(actions, as: state.version + 1, by: staging, in: place) {
                committed()
                state.apply(actions, version: state.version + 1)
                try atStep(.exchanged)
                writeCheckpoint(state, by: staging, in: place, at: plan.moment)
                return nil
            }
            let (newer, conflict) = try advanced(state, plan.kind, place)
            if let record = try finished(newer, in: place) { return record }
            try checkWritable(newer, place)
            if let conflict {
                conflicts += 1
                if conflicts >= conflictLimit { throw failure(conflict, conflicts) }
            }
            state = newer
        }
        throw DatasetError(
            .unwritable,
            "output '\(dataset.id)': others committed to \(dataset.path.value) faster than this run, \(DeltaOutput.attemptLimit)"
                + " times; run it again when fewer write"
        )
    }

    /// Puts a whole version into the log; false where another has that version.
    private func put(
        _ actions: [DeltaAction],
        as version: Int64,
        by staging: DeltaStaging,
        in place: DeltaPlace
    ) throws -> Bool {
        let file = FilePath.join(staging.path, "commit.json")
        let log = FilePath.join(place.path, DeltaLog.directoryName)
        try FileSystem.writeAtomically(actions.map { $0.json.text() + "\n" }.joined(), to: file)
        do {
            try DeltaStaging.move(file, to: FilePath.join(log, DeltaLogFile.commitName(version)))
            return true
        } catch {
            if error.isExistingPath { return false }
            throw error
        }
    }

    /// One that can not be written only makes reading slower: the version is stored.
    private func writeCheckpoint(_ state: DeltaState, by staging: DeltaStaging, in place: DeltaPlace, at moment: Int64)
    {
        guard DeltaCheckpoint.isDue(state) else { return }
        try? DeltaCheckpoint(engine: engine, table: place.path)
            .write(state, by: staging.path, at: moment, CancellationToken())
    }

    /// The table after the commits of others, and the first of them that changed what this one was made from.
    private func advanced(
        _ state: DeltaState,
        _ kind: DeltaConflict.Kind,
        _ place: DeltaPlace
    ) throws -> (DeltaState, DeltaConflict?) {
        guard let log = try place.log() else {
            return (try DeltaOutput.state(place, dataset, engine, cancellation), nil)
        }
        do {
            let others = try log.actions(after: state.version)
            var newer = state
            for (version, actions) in others { newer.apply(actions, version: version) }
            return (newer, DeltaConflict.first(for: kind, among: others))
        } catch is DeltaLog.Problem {
            // So much was committed meanwhile that the log begins later.
            return (try DeltaOutput.state(place, dataset, engine, cancellation), nil)
        }
    }

    /// What is stored already where nothing is left to do: by this commit, or by whoever made a table that is left alone.
    private func finished(_ state: DeltaState, in place: DeltaPlace) throws -> OutputRecord? {
        guard state.isThere, let log = try place.log() else { return nil }
        if let record = try DeltaRecord(log: log, state: state).record(of: commit, dataset) { return record }
        switch dataset.writeMode {
        case .ignore: return OutputRecord(dataset, rows: 0, bytes: 0, files: 0)
        case .error: throw exists()
        case .append, .overwrite: return nil
        }
    }

    private func exists() -> DatasetError {
        DatasetError(
            .alreadyExists,
            "output '\(dataset.id)' exists already in \(dataset.path.value), and its write_mode is error; remove it or use"
                + " write_mode: overwrite or append"
        )
    }

    private func failure(_ conflict: DeltaConflict, _ count: Int) -> DatasetError {
        DatasetError(
            .unwritable,
            "output '\(dataset.id)': \(count) times others committed to \(dataset.path.value) while it was being stored;"
                + " last version \(conflict.version) (\(conflict.operation)) \(conflict.change). Nothing of this run is stored;"
                + " run it again when nobody else writes"
        )
    }

    /// Never changes a table that asks more of its writers than is done here.
    private func checkWritable(_ state: DeltaState, _ place: DeltaPlace) throws {
        guard let metadata = state.metadata else { return try place.checkFree() }
        if let obstacle = state.versions.obstacle(metadata) {
            throw DatasetError(
                .unsupported,
                "output '\(dataset.id)': the Delta table in \(dataset.path.value) \(obstacle), which is not written here;"
                    + " nothing is changed. Store to another path, or write the table with the program that made it"
            )
        }
        if metadata.isAppendOnly, dataset.writeMode == .overwrite {
            throw DatasetError(
                .unsupported,
                "output '\(dataset.id)': the Delta table in \(dataset.path.value) has delta.appendOnly, so rows may only be"
                    + " added to it; use write_mode: append"
            )
        }
    }

    /// The output with the partition that its table has, where it says none.
    private func divided(as state: DeltaState) -> DatasetDefinition {
        var dataset = dataset
        if dataset.layout.partition.isEmpty, let partition = state.metadata?.partition {
            dataset.layout.partition = partition.map { Located($0) }
        }
        return dataset
    }

    private func removedFiles(_ state: DeltaState, _ replaced: ReplacedPartitions?) throws -> [DeltaFile] {
        guard dataset.writeMode == .overwrite, let metadata = state.metadata else { return [] }
        guard let replaced else { return state.sortedFiles }
        let files = state.sortedFiles
        let columns = metadata.partition.map { name in
            (name: name, type: metadata.columns.first { $0.name == name }?.sqlType ?? "VARCHAR")
        }
        let values = files.map { file in metadata.partition.map { file.partitionValues[$0] ?? nil } }
        return try replaced.replaced(values, of: columns).map { files[$0] }
    }

    /// Columns that the table says may not be NULL have a value in every row.
    private func checkRequired(_ frame: Frame, _ state: DeltaState) throws {
        let required = (state.metadata?.columns ?? []).filter { !$0.isNullable }.map(\.name)
        let names = try frame.schema().fields.map(\.name).filter(required.contains)
        if names.isEmpty { return }
        let counts = names.enumerated().map { "count(*) FILTER (\(SQLText.identifier($1)) IS NULL) AS n\($0)" }
        let text = "SELECT \(counts.joined(separator: ", ")) FROM result"
        let found = try engine.run(SQLStatement(text: text, tables: [("result", frame)]), cancellation: cancellation)
        guard let batch = try found.stream(cancellation: cancellation).next() else { return }
        for (number, name) in names.enumerated() {
            let count = try batch.column("n\(number)", as: Int64.self).first.flatMap { $0 } ?? 0
            if count > 0 {
                throw DatasetError(
                    .unwritable,
                    "output '\(dataset.id)': column '\(name)' of the Delta table in \(dataset.path.value) may not be NULL,"
                        + " and it is in \(count) of the new rows"
                )
            }
        }
    }
}
