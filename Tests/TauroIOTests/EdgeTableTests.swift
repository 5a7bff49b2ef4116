import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Tables at the edge of what a table is, in every format that files have.
@Suite struct EdgeTableTests {
    private static let formats = ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"]

    private func store(_ format: String, _ frame: Frame) throws -> RealStore {
        let store = try RealStore(format, mode: .overwrite)
        _ = try DataOutputManager(engine: RealStore.engine, writers: 2, parts: RealStore.parts).store(
            .frame(frame),
            as: store.dataset,
            commit: CommitIdentity(runID: RealStore.run(1), node: "n"),
            cancellation: CancellationToken()
        )
        return store
    }

    @Test(arguments: formats) func tenThousandColumns(format: String) throws {
        // ORC's writer takes several buffers of 64 KB for each; the thread sanitizer has no room for so many.
        let count = format == "orc" && Sanitizer.current == .thread ? 1_000 : 10_000
        let store = try RealStore(format, mode: .overwrite)
        let list = (0..<count).map { "\($0)::BIGINT AS c\($0)" }.joined(separator: ", ")
        try store.store("SELECT \(list)")
        #expect(try store.columns() == (0..<count).map { "c\($0): int64" })
        let last = count - 1
        #expect(try store.rows("SELECT CAST(c0 + c500 + c\(last) AS VARCHAR) AS text FROM t") == ["\(500 + last)"])
    }

    @Test(arguments: formats) func noColumnsAreRefused(format: String) throws {
        let project = try Project()
        let message = project.message { _ = try store(format, Frame(schema: Schema([]), batches: [])) }
        #expect(message == "output 't': the result has no columns; return at least one")
    }

    @Test(arguments: formats) func noRows(format: String) throws {
        let store = try RealStore(format, mode: .overwrite)
        try store.store("SELECT 1::BIGINT AS n, 'x' AS t, [1.5::DOUBLE] AS l WHERE false")
        #expect(try store.columns() == ["n: int64", "t: utf8", "l: list<float64>"])
        #expect(try store.rows() == [])
    }

    /// Json's reader takes objects of at most 16 MiB.
    @Test(arguments: [("arrow", 3), ("csv", 3), ("delta", 3), ("feather", 3), ("json", 1), ("orc", 3), ("parquet", 3)])
    func aLongRow(format: String, millions: Int) throws {
        let store = try RealStore(format, mode: .overwrite)
        try store.store("SELECT repeat('0123456789', \(millions * 1_000_000)) AS t, 7 AS n")
        let ends = "SELECT length(t) || ' ' || n || right(t, 3) AS text FROM t"
        #expect(try store.rows(ends) == ["\(millions)0000000 7789"])
    }

    @Test(arguments: formats) func namesOfAnyKind(format: String) throws {
        let store = try RealStore(format, mode: .overwrite)
        let names = [
            "select", "a.b", "it's", "say \"hi\"", "two\nlines", "tab\t", "a,b;c", " space ", "{x}", "#", "日本", "-1",
        ]
        let list = names.enumerated().map { "\($0.offset)::BIGINT AS \"\($0.element.replacing("\"", with: "\"\""))\"" }
        try store.store("SELECT \(list.joined(separator: ", "))")
        #expect(try store.columns() == names.map { "\($0): int64" })
        #expect(try store.rows("SELECT CAST(\"two\nlines\" + \"-1\" AS VARCHAR) AS text FROM t") == ["15"])
    }

    @Test(arguments: formats) func anEmptyNameOrOneWithNULIsRefused(format: String) throws {
        let project = try Project()
        for (name, reason) in [
            ("", "a column without a name"), ("a\0b", "the column 'a\\0b', whose name holds the character NUL"),
        ] {
            let batch = try RecordBatch(columns: [(name, ArrowColumn([1] as [Int64?]))])
            let frame = Frame(schema: batch.schema, batches: [batch])
            let message = project.message { _ = try store(format, frame) }
            #expect(message.hasPrefix("output 't': the result has \(reason)"))
        }
    }

    @Test(arguments: formats) func namesThatDifferByCaseAloneAreRefused(format: String) throws {
        let project = try Project()
        let batch = try RecordBatch(columns: [("a", ArrowColumn([1] as [Int64?])), ("A", ArrowColumn([2] as [Int64?]))])
        let frame = Frame(schema: batch.schema, batches: [batch])
        #expect(
            project.message { _ = try store(format, frame) }.contains("two columns 'A', which SQL can not tell apart")
        )
    }
}
