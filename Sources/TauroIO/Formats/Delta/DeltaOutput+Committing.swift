import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// How a version is put into the log, and what it takes away.
extension DeltaOutput {
    /// Puts the version that follows into the log, and again behind others who were first.
    ///
    /// - Returns: nil once it is there; what is stored instead, where that is all there is to do.
    func put(
        _ plan: DeltaCommit,
        after first: DeltaState,
        _ replaced: ReplacedPartitions?,
        by staging: DeltaStaging,
        in place: DeltaPlace,
        _ committed: () -> Void
    ) throws -> StoredOutput? {
        var state = first
        var conflicts = 0
        for _ in 0..<DeltaOutput.attemptLimit {
            if cancellation.isCancelled {
                throw DatasetError(.cancelled, "output '\(dataset.id)': its run was cancelled before it was stored")
            }
            let actions = try plan.actions(after: state, replacing: removedFiles(state, replaced, in: place))
            if try put(actions, as: state.version + 1, by: staging, in: place) {
                committed()
                state.apply(actions, version: state.version + 1)
                try atStep(.exchanged)
                writeCheckpoint(state, by: staging, in: place, at: plan.moment)
                return nil
            }
            let (newer, conflict) = try advanced(state, plan.kind, place)
            if let output = try finished(newer, in: place) { return output }
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
        try sync.all([file])
        do {
            try DeltaStaging.move(file, to: FilePath.join(log, DeltaLogFile.commitName(version)))
        } catch {
            if error.isExistingPath { return false }
            throw error
        }
        try sync.all([log, place.path])
        return true
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
    func finished(_ state: DeltaState, in place: DeltaPlace) throws -> StoredOutput? {
        guard state.isThere, let log = try place.log() else { return nil }
        let record = DeltaRecord(log: log, state: state, dataset: dataset)
        if let output = try record.output(of: commit) { return output }
        switch dataset.writeMode {
        case .ignore where !isOnly(state): return .nothing(dataset)
        case .error where !isOnly(state): throw exists()
        case .append, .overwrite, .ignore, .error: return nil
        }
    }

    /// Whether all rows of a table are those that the very node has stored in the very run, in an earlier generation.
    func isOnly(_ state: DeltaState) -> Bool {
        let application = DeltaCommit.application(commit)
        return state.transactions[application] != nil && state.files.values.allSatisfy { $0.owner == application }
    }

    func exists() -> DatasetError {
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
    func checkWritable(_ state: DeltaState, _ place: DeltaPlace) throws {
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
    func divided(as state: DeltaState) -> DatasetDefinition {
        var dataset = dataset
        if dataset.layout.partition.isEmpty, let partition = state.metadata?.partition {
            dataset.layout.partition = partition.map { Located($0) }
        }
        return dataset
    }

    private func removedFiles(
        _ state: DeltaState,
        _ replaced: ReplacedPartitions?,
        in place: DeltaPlace
    ) throws -> [DeltaFile] {
        guard let metadata = state.metadata else { return [] }
        let files = state.sortedFiles
        guard dataset.writeMode == .overwrite else { return try earlierFiles(state, in: place) }
        guard let replaced else { return files }
        let columns = metadata.partition.map { name in
            (name: name, type: metadata.columns.first { $0.name == name }?.sqlType ?? "VARCHAR")
        }
        let values = files.map { file in metadata.partition.map { file.partitionValues[$0] ?? nil } }
        let places = Set(try replaced.replaced(values, of: columns))
        let earlier = Set(try earlierFiles(state, in: place).map(\.key))
        return files.enumerated().filter { places.contains($0.offset) || earlier.contains($0.element.key) }.map(
            \.element
        )
    }

    /// The files of the table that hold what an earlier generation of the commit stored.
    ///
    /// - Throws: `DatasetError` where others have written its rows anew, so that nobody can tell them from their own.
    private func earlierFiles(_ state: DeltaState, in place: DeltaPlace) throws -> [DeltaFile] {
        let application = DeltaCommit.application(commit)
        guard commit.generation > 1, state.transactions[application] != nil, let log = try place.log() else {
            return []
        }
        return try DeltaRecord(log: log, state: state, dataset: dataset).files(of: commit).map { file in
            if let there = state.files[file.key] { return there }
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': others have changed \(file.path) of the Delta table in \(dataset.path.value), which this"
                    + " run has stored, so its rows can not give way to new ones; put the table back to the version before, or"
                    + " remove the rows, and begin a new run"
            )
        }
    }

    /// Columns that the table says may not be NULL have a value in every row.
    func checkRequired(_ frame: Frame, _ state: DeltaState) throws {
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
