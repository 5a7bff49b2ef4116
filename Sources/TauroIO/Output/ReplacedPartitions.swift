import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The stored partitions that a `replaceWhere` replaces: those whose values meet its condition.
struct ReplacedPartitions {
    private static let placeColumn = "tauro_place"

    let engine: any Engine
    let dataset: DatasetDefinition
    /// A condition on the columns of the partition.
    let predicate: String
    let cancellation: CancellationToken

    /// Nil where all rows are replaced, or none.
    init?(_ dataset: DatasetDefinition, engine: any Engine, cancellation: CancellationToken) {
        guard dataset.layout.overwriteStrategy != nil, let predicate = dataset.layout.replacePredicate else {
            return nil
        }
        self.engine = engine
        self.dataset = dataset
        self.predicate = predicate.value
        self.cancellation = cancellation
    }

    /// Checks that new rows belong where stored ones are taken away.
    ///
    /// - Throws: `DatasetError` where some do not meet the condition.
    func check(_ frame: Frame) throws {
        let columns = try PartitionColumns(dataset, of: frame.schema()).names.map(quoted).joined(separator: ", ")
        let outside = try run(
            "SELECT count(*) AS n FROM (SELECT \(columns) FROM rows) WHERE ((\(predicate))) IS NOT TRUE",
            ("rows", frame)
        )
        let count = try outside.firstBatch(cancellation)?.column("n", as: Int64.self).first.flatMap { $0 } ?? 0
        guard count > 0 else { return }
        throw DatasetError(
            .unwritable,
            "output '\(dataset.id)': \(count) of the new rows do not meet its replace_predicate, \(predicate); they would"
                + " join partitions that are not replaced, so return only rows that meet it"
        )
    }

    /// The directories below `stored` that are replaced, relative to it.
    func directories(in stored: String) throws -> Set<String> {
        guard let schema = StoredSchema(storedIn: stored) else { return [] }
        let depth = schema.partition.count
        let leaves = try HiveDirectory.leaves(below: stored).filter { HiveDirectory.values(in: $0).count == depth }
        let columns = schema.partition.map { name in
            (name: name, type: schema.columns.first { $0.name == name }?.type ?? "VARCHAR")
        }
        return Set(try replaced(leaves.map { HiveDirectory.values(in: $0) }, of: columns).map { leaves[$0] })
    }

    /// The places of those partitions that are replaced, ascending; their values are texts of columns with SQL types.
    func replaced(_ partitions: [[String?]], of columns: [(name: String, type: String)]) throws -> [Int] {
        guard !partitions.isEmpty else { return [] }
        let values = try columns.enumerated().map { position, column in
            (column.name, try ArrowColumn(partitions.map { $0[position] }))
        }
        let places = try ArrowColumn(partitions.indices.map { Optional(Int64($0)) })
        let batch = try RecordBatch(columns: values + [(ReplacedPartitions.placeColumn, places)])
        let casts = columns.map { "CAST(\(quoted($0.name)) AS \($0.type)) AS \(quoted($0.name))" }
        let found = try run(
            "SELECT \(ReplacedPartitions.placeColumn) AS place FROM (SELECT \(casts.joined(separator: ", ")),"
                + " \(ReplacedPartitions.placeColumn) FROM partitions) WHERE (\(predicate))",
            ("partitions", Frame(schema: batch.schema, batches: [batch]))
        )
        let stream = try found.stream(cancellation: cancellation)
        var replaced: [Int] = []
        while let batch = try stream.next() {
            replaced += try batch.column("place", as: Int64.self).compactMap { $0.map(Int.init) }
        }
        return replaced.sorted()
    }

    private func run(_ query: String, _ table: (String, Frame)) throws -> Frame {
        do {
            return try engine.run(SQLStatement(text: query, tables: [table]), cancellation: cancellation)
        } catch let error as SQLError where error.code == .invalid {
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': replace_predicate '\(predicate)' is no condition on its partition columns, "
                    + "\(dataset.layout.partition.map(\.value).joined(separator: ", ")): \(error.message)"
            )
        }
    }

    private func quoted(_ name: String) -> String {
        "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
}

extension Frame {
    fileprivate func firstBatch(_ cancellation: CancellationToken) throws -> RecordBatch? {
        try stream(cancellation: cancellation).next()
    }
}
