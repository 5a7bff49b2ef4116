import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The stored partitions that a `replaceWhere` replaces: those whose values meet its condition.
struct ReplacedPartitions {
    private static let directoryColumn = "tauro_directory"

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
        guard !leaves.isEmpty else { return [] }
        let columns = try schema.partition.enumerated().map { position, name in
            (name, try ArrowColumn(leaves.map { HiveDirectory.values(in: $0)[position] }))
        }
        let batch = try RecordBatch(columns: columns + [(ReplacedPartitions.directoryColumn, ArrowColumn(leaves))])
        let casts = schema.columns.filter { schema.partition.contains($0.name) }
            .map { "CAST(\(quoted($0.name)) AS \($0.type)) AS \(quoted($0.name))" }.joined(separator: ", ")
        let found = try run(
            "SELECT \(ReplacedPartitions.directoryColumn) AS directory FROM (SELECT \(casts),"
                + " \(ReplacedPartitions.directoryColumn) FROM partitions) WHERE (\(predicate))",
            ("partitions", Frame(schema: batch.schema, batches: [batch]))
        )
        let stream = try found.stream(cancellation: cancellation)
        var directories: Set<String> = []
        while let batch = try stream.next() {
            directories.formUnion(try batch.column("directory", as: String.self).compactMap { $0 })
        }
        return directories
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
