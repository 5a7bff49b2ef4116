import TauroBasics
import TauroEngine
import TauroModel

/// Reads Delta tables.
struct DeltaDriver: FormatDriver {
    let engine: any Engine

    func findings(_ dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] { [] }

    func find(_ dataset: DatasetDefinition) throws -> DatasetPresence {
        _ = try DeltaTable(dataset)
        return DatasetPresence(files: nil, bytes: nil)
    }

    func open(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        let table = try DeltaTable(dataset)
        let request = ReadRequest(
            format: .delta,
            files: [dataset.path.value],
            options: ["version": .integer(table.version)],
            columns: dataset.typedColumns,
            dateFilter: dataset.dateFilter(dates)
        )
        return try table.frame(request, engine)
    }

    func checkOutput(_ dataset: DatasetDefinition) throws { throw DeltaDriver.unwritten(dataset) }

    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> OutputRecord { throw DeltaDriver.unwritten(dataset) }

    private static func unwritten(_ dataset: DatasetDefinition) -> DatasetError {
        DatasetError(.unsupported, "output '\(dataset.id)': format delta is not written in this version")
    }
}
