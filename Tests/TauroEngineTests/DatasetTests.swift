import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// Files in and out.
@Suite struct DatasetTests {
    let engine = EngineFixture.engine()
    let directory = EngineFixture.directory()

    private func read(
        _ format: BulkFormat,
        _ files: [String],
        _ options: [String: BulkOption] = [:],
        columns: [(name: String, type: String)] = [],
        dates: ReadRequest.DateFilter? = nil
    ) throws -> Frame {
        try engine.open(
            ReadRequest(format: format, files: files, options: options, columns: columns, dateFilter: dates)
        )
    }

    private func write(
        _ frame: Frame,
        _ format: BulkFormat,
        _ name: String,
        _ options: [String: BulkOption] = [:]
    )
        throws -> WriteReceipt
    {
        try engine.write(
            frame,
            WriteRequest(format: format, file: "\(directory)/\(name)", options: options),
            cancellation: CancellationToken()
        )
    }

    @Test(arguments: SQLTypeName.simple)
    func everyTypeThatColumnsMayBeDeclaredWithIsOne(type: String) throws {
        #expect(try engine.sql("SELECT CAST(NULL AS \(type)) IS NULL AS x", []).rowCount == 1)
        #expect(SQLTypeName.isKnown(" \(type.lowercased())[]"))
    }

    @Test(arguments: [
        ("INTEGR", "INTEGER"), ("varchr", "VARCHAR"), ("str", nil), ("", nil), ("DECIMEL(3, 2)", "DECIMAL"),
    ])
    func otherTypesAreTold(type: String, nearest: String?) {
        #expect(!SQLTypeName.isKnown(type))
        #expect(SQLTypeName.nearest(to: type) == nearest)
    }

    @Test(arguments: BulkFormat.allCases.filter { $0.isWritten && $0.isEmbedded })
    func whatIsWrittenIsReadAgain(format: BulkFormat) throws {
        let frame = try EngineFixture.frame([
            ("id", ArrowColumn([1, nil, 3] as [Int64?])), ("name", ArrowColumn(["a,b", "line\nbreak", nil])),
        ])
        let receipt = try write(frame, format, "rows")
        #expect(receipt.rows == 3)
        #expect(receipt.bytes > 0)
        let again = try read(format, ["\(directory)/rows"])
        #expect(try again.schema().fields.map(\.name) == ["id", "name"])
        #expect(try again.values("id", as: Int64.self) == [1, nil, 3])
        #expect(try again.values("name", as: String.self) == ["a,b", "line\nbreak", nil])
    }

    @Test func aResultWithoutRowsIsWrittenWithItsSchema() throws {
        let schema = Schema([Field("id", .int64), Field("day", .date32)])
        #expect(try write(Frame(schema: schema, batches: []), .parquet, "none.parquet").rows == 0)
        #expect(try read(.parquet, ["\(directory)/none.parquet"]).schema().fields.map(\.type) == [.int64, .date32])
    }

    @Test func sqlOverAStoredDatasetAndMemoryTogether() throws {
        let frame = try EngineFixture.numbers((0..<1_000).map { Int64($0) })
        _ = try write(
            frame,
            .parquet,
            "a.parquet",
            ["compression": .string("zstd"), "row_group_size": .integer(2_048)]
        )
        let stored = try read(.parquet, ["\(directory)/a.parquet"])
        let result = try engine.sql(
            "SELECT count(*) AS n FROM stored JOIN memory USING (x)",
            [("stored", stored), ("memory", try EngineFixture.numbers([1, 5, 5_000]))]
        )
        #expect(try result.values("n", as: Int64.self) == [2])
    }

    /// Dates that the first rows do not have are read as DuckDB reads them where nothing is said of their form.
    @Test func datesOfACSVMayBeWrittenOtherwiseFurtherDown() throws {
        let path = "\(directory)/dates.csv"
        EngineFixture.write("day\n" + String(repeating: "2026-01-05\n", count: 60_000) + "2026/01/06\n", to: path)
        let days = try read(.csv, [path])
        let last = SQLStatement(text: "SELECT CAST(max(day) AS VARCHAR) AS last FROM t", tables: [("t", days)])
        let found = try engine.run(last, cancellation: CancellationToken())
        #expect(try found.values("last", as: String.self) == ["2026-01-06"])
    }

    @Test func csvOptionsAndDeclaredTypes() throws {
        let path = "\(directory)/odd.csv"
        EngineFixture.write("# a comment\n1;'x;y';NA\n2;'z';2.5\n", to: path)
        let frame = try read(
            .csv,
            [path],
            [
                "delimiter": .string(";"), "quote": .string("'"), "header": .bool(false), "skip": .integer(1),
                "nullstr": .strings(["NA", ""]),
            ],
            columns: [("column0", "VARCHAR")]
        )
        #expect(try frame.values("column0", as: String.self) == ["1", "2"])
        #expect(try frame.values("column1", as: String.self) == ["x;y", "z"])
        #expect(try frame.values("column2", as: Double.self) == [nil, 2.5])
    }

    @Test func declaredTypesOfParquetAreCast() throws {
        _ = try write(try EngineFixture.numbers([7]), .parquet, "c.parquet")
        let frame = try read(.parquet, ["\(directory)/c.parquet"], columns: [("x", "DOUBLE")])
        #expect(try frame.values("x", as: Double.self) == [7])
    }

    @Test func datesAreInclusiveDaysForTimestampsToo() throws {
        let path = "\(directory)/days.csv"
        EngineFixture.write(
            "at,n\n2012-12-31 23:59:59,0\n2013-01-01 00:00:00,1\n2013-01-31 23:59:59,2\n2013-02-01 00:00:00,3\n",
            to: path
        )
        let both = ReadRequest.DateFilter(column: "at", start: "2013-01-01", end: "2013-01-31")
        #expect(try read(.csv, [path], dates: both).values("n", as: Int64.self) == [1, 2])
        let open = ReadRequest.DateFilter(column: "at", start: nil, end: "2013-01-31")
        #expect(try read(.csv, [path], dates: open).values("n", as: Int64.self) == [0, 1, 2])
    }

    @Test func aPathIsNeverAPattern() throws {
        EngineFixture.write("x\n1\n", to: "\(directory)/a[1]*.csv")
        EngineFixture.write("x\n2\n", to: "\(directory)/a1.csv")
        #expect(try read(.csv, ["\(directory)/a[1]*.csv"]).values("x", as: Int64.self) == [1])
    }

    @Test func aBrokenRowSaysFileAndRowAndNoMore() throws {
        let path = "\(directory)/bad.csv"
        let rows = (0..<30_000).map { "\($0),\($0)\n" }.joined()
        EngineFixture.write("a,b\n\(rows)5,oops\n", to: path)
        let error = engine.refusal("SELECT sum(b) AS s FROM t", [("t", try read(.csv, [path]))])
        #expect(error?.code == .io)
        #expect(error?.message.contains("\(path), row 30001: ") == true)
        #expect(error?.message.contains("oops") == true)
        #expect(error?.message.contains("sample_size") == false, "\(error?.message ?? "")")
    }

    @Test func aMissingFileIsAnIOError() throws {
        let frame = try read(.parquet, ["\(directory)/none.parquet"])
        #expect(performing: { try frame.schema() }, throws: { ($0 as? SQLError)?.code == .io })
    }

    @Test func unknownAndMistypedOptionsAreRefused() throws {
        #expect(
            performing: { try read(.csv, ["/x"], ["delimeter": .string(";")]) },
            throws: { error in
                "\(error)".contains("did you mean 'delimiter'")
            }
        )
        #expect(
            performing: { try read(.csv, ["/x"], ["skip": .string("two")]) },
            throws: { error in
                "\(error)".contains("a whole number")
            }
        )
        #expect(
            performing: { try read(.parquet, ["/x"], columns: [("x", "INT'); DROP")]) },
            throws: { error in
                (error as? SQLError)?.code == .invalid
            }
        )
    }

    @Test func aFrameWithDictionariesBecomesDeliverable() throws {
        // int8 indices 1, 0, null, 1 into the words.
        let words = try ArrowColumn(["no", "yes"] as [String?])
        let indices = ColumnBuilder<Int8>()
        indices.append(contentsOf: [1, 0, nil, 1])
        let column = try indices.finish().asDictionary(of: words)
        let frame = try EngineFixture.frame([("answer", column)])
        let result = try engine.deliverable(frame, spool: nil, cancellation: CancellationToken())
        #expect(try result.schema().fields.map(\.type) == [.utf8])
        #expect(try result.values("answer", as: String.self) == ["yes", "no", nil, "yes"])
        let stored = Frame(source: StoredFrame(frame: frame))
        let read = try engine.deliverable(stored, spool: nil, cancellation: CancellationToken())
        #expect(try read.values("answer", as: String.self) == ["yes", "no", nil, "yes"])
        let plain = try EngineFixture.numbers([1])
        #expect(try engine.deliverable(plain, spool: nil, cancellation: CancellationToken()) === plain)
    }
}

/// A frame that some driver reads.
private struct StoredFrame: FrameSource {
    let frame: Frame
    var rowCount: Int64? { nil }

    func schema() throws -> Schema { try frame.schema() }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream { try frame.stream() }
}
