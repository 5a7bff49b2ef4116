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

    func checkOutput(_ dataset: DatasetDefinition) throws { try DeltaOutput.check(dataset, engine) }

    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> OutputRecord {
        try DeltaOutput(
            engine: engine,
            writers: writers,
            dataset: dataset,
            commit: commit,
            cancellation: cancellation,
            atStep: atStep
        ).store(frame)
    }
}
