import TauroBasics
import TauroData
import TauroModel

@testable import TauroEngine
@testable import TauroIO

/// Rows stored and read with the real engine.
struct RealStore {
    private static let vendor = FilePath.absolute("../../../.tauro/vendor", from: #filePath)
    static let engine = DuckDBEngine(libraryDirectories: [vendor], threads: 2)
    static let parts = NativeParts(directories: [vendor])

    let project: Project
    var dataset: DatasetDefinition

    init(_ format: String, mode: DatasetDefinition.WriteMode = .append, partition: [String] = []) throws {
        project = try Project()
        dataset = project.output(format, mode: mode)
        dataset.layout.partition = partition.map { Located($0) }
    }

    /// The id of a run, by its number.
    static func run(_ number: Int) -> String { "2026013\(number % 10)T101112345Z-\(String(number, radix: 16))" }

    /// Stores the rows of a query.
    @discardableResult
    func store(
        _ query: String,
        run: Int = 1,
        node: String = "n",
        spool: FrameSpool? = nil,
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) throws -> OutputRecord {
        let statement = SQLStatement(text: query, tables: [], spool: spool)
        let frame = try RealStore.engine.run(statement, cancellation: CancellationToken())
        return try DataOutputManager(engine: RealStore.engine, writers: 2, parts: RealStore.parts, atStep: atStep)
            .store(
                .frame(frame),
                as: dataset,
                commit: CommitIdentity(runID: RealStore.run(run), node: node),
                cancellation: CancellationToken()
            ).record
    }

    /// The rows as a consumer in a later run gets them, as texts, sorted.
    func rows(_ query: String = "SELECT CAST(t AS VARCHAR) AS text FROM t ORDER BY ALL") throws -> [String] {
        let loaded = try InputLoader(engine: RealStore.engine, parts: RealStore.parts).load(
            dataset,
            as: .frame,
            dates: DateWindow()
        )
        guard case .frame(let frame) = loaded else { return [] }
        let statement = SQLStatement(text: query, tables: [("t", frame)])
        return try RealStore.texts(RealStore.engine.run(statement, cancellation: CancellationToken()))
    }

    /// The columns' names and types as a consumer gets them.
    func columns() throws -> [String] {
        let loaded = try InputLoader(engine: RealStore.engine, parts: RealStore.parts).load(
            dataset,
            as: .frame,
            dates: DateWindow()
        )
        guard case .frame(let frame) = loaded else { return [] }
        return try frame.schema().fields.map { "\($0.name): \($0.type)" }
    }

    /// What any reader finds that takes every file which ends as files of the format do, and knows nothing of us.
    func foreignRows(_ columns: String = "*") throws -> [String] {
        let reader = try foreignReader()
        let query =
            "SELECT CAST(t AS VARCHAR) AS text FROM (SELECT \(columns) FROM \(reader),"
            + " hive_partitioning = true, union_by_name = true)) AS t ORDER BY ALL"
        let result = try RealStore.engine.connect().prepare(query).run(cancellation: CancellationToken())
        let stream = try QueryStream(result, leases: [], cancellation: CancellationToken())
        var texts: [String] = []
        while let batch = try stream.next() {
            texts += try batch.column("text", as: String.self).compactMap { $0 }
        }
        return texts
    }

    /// The beginning of a call that reads the files; pyarrow writes those that DuckDB does not know as one that it does.
    private func foreignReader() throws -> String {
        let format = dataset.format.value
        guard ["arrow", "feather", "orc"].contains(format) else {
            return "read_\(format)('\(dataset.path.value)/**/*.\(format)'"
        }
        let program = """
            import sys, pyarrow.dataset, pyarrow.parquet
            rows = pyarrow.dataset.dataset(sys.argv[1], format=sys.argv[2], partitioning="hive").to_table()
            pyarrow.parquet.write_table(rows, sys.argv[3])
            """
        let file = project["foreign.parquet"]
        try ForeignPython.run(program, dataset.path.value, format, file)
        return "read_parquet('\(file)'"
    }

    /// The visible files below the dataset's directory.
    func files(below directory: String? = nil) throws -> [String] {
        let directory = directory ?? dataset.path.value
        return try FileSystem.list(directory).filter { !$0.hasPrefix(".") }.flatMap { name in
            let path = FilePath.join(directory, name)
            return FileSystem.isDirectory(path) ? try files(below: path).map { "\(name)/\($0)" } : [name]
        }
    }

    private static func texts(_ frame: Frame) throws -> [String] {
        let stream = try frame.stream()
        var texts: [String] = []
        while let batch = try stream.next() {
            texts += try batch.column("text", as: String.self).map { $0 ?? "NULL" }
        }
        return texts
    }
}
