import TauroBasics
import TauroEngine
import TauroModel

/// Reads and writes Delta tables.
struct DeltaDriver: FormatDriver {
    /// The most bytes of a log that is read for what nobody waits for.
    private static let cheapLog: Int64 = 4 << 20

    let engine: any Engine
    let remote: RemoteFiles
    /// How many files may be written at once.
    var writers = 1
    var sync = DiskSync.off
    var atStep: @Sendable (CommitStep) throws -> Void = { _ in }

    func findings(_ dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] {
        RemoteAddress.isAddress(dataset.path.value) ? remoteFindings(dataset) : []
    }

    func find(_ dataset: DatasetDefinition) throws -> DatasetPresence {
        if let access = try remote.access(to: dataset) {
            try findRemote(dataset, access)
            return DatasetPresence(files: nil, bytes: nil)
        }
        let table = try DeltaTable(dataset)
        try table.check(engine)
        guard let state = table.state(engine, atMost: DeltaDriver.cheapLog) else {
            return DatasetPresence(files: nil, bytes: nil)
        }
        var presence = DatasetPresence(
            files: state.files.count,
            bytes: state.files.values.reduce(0) { $0 + $1.size }
        )
        presence.rows = state.rows
        return presence
    }

    func open(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        if let access = try remote.access(to: dataset) { return try openRemote(dataset, access, dates: dates) }
        let table = try DeltaTable(dataset)
        try table.check(engine)
        let request = ReadRequest(
            format: .delta,
            files: [dataset.path.value],
            options: ["version": .integer(table.version)],
            columns: dataset.typedColumns,
            dateFilter: dataset.dateFilter(dates)
        )
        return try table.frame(request, engine)
    }

    func checkOutput(_ dataset: DatasetDefinition, commit: CommitIdentity?) throws {
        try DeltaOutput.check(dataset, engine, commit: commit)
    }

    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput {
        try DeltaOutput(
            engine: engine,
            writers: writers,
            dataset: dataset,
            commit: commit,
            cancellation: cancellation,
            atStep: atStep,
            sync: sync
        ).store(frame)
    }

    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput? {
        try DeltaRestoring(dataset, engine).stored(by: commit)
    }

    func trouble(with output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> String? {
        try DeltaRestoring(dataset, engine).trouble(with: output, commit)
    }

    func restore(_ output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> Frame? {
        try DeltaRestoring(dataset, engine).restore(output, commit)
    }

    func restoresExactly(_ frame: Frame, as dataset: DatasetDefinition) -> Bool {
        DeltaRestoring(dataset, engine).restoresExactly(frame)
    }

    func obstacle(toReplacing dataset: DatasetDefinition) -> String? { nil }
}
