import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

@Suite struct PartitionTests {
    private static let rows = """
        SELECT * FROM (VALUES (1, 'a/b', DATE '2026-01-31'), (2, NULL, DATE '2026-01-31'), (3, 'ü=%', NULL), (4, '', NULL))
        AS t(n, kind, day)
        """
    private static let query =
        "SELECT n || ' ' || coalesce(CAST(day AS VARCHAR), '-') || ' ' || coalesce('<' || kind || '>', '-') AS text FROM t"
        + " ORDER BY n"
    private static let texts = ["1 2026-01-31 <a/b>", "2 2026-01-31 -", "3 - <ü=%>", "4 - <>"]

    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func columnsNameDirectoriesAndComeBackWithTheirTypes(format: String) throws {
        let store = try RealStore(format, mode: .overwrite, partition: ["day", "kind"])
        let record = try store.store(PartitionTests.rows)
        let part = "part-00000-\(RealStore.run(1)).\(format)"
        let none = "__HIVE_DEFAULT_PARTITION__"
        #expect(
            Set(try store.files()) == [
                "day=2026-01-31/kind=a%2Fb/\(part)", "day=2026-01-31/kind=\(none)/\(part)",
                "day=\(none)/kind=%C3%BC%3D%25/\(part)", "day=\(none)/kind=/\(part)",
            ]
        )
        #expect(record.rows == 4 && record.files == 4 && record.bytes > 0)
        #expect(try store.columns().dropFirst() == ["day: date32", "kind: utf8"])
        #expect(try store.rows(PartitionTests.query) == PartitionTests.texts)
        #expect(try store.foreignRows("n").count == 4)
    }

    @Test(arguments: [
        ("CAST(7 AS UTINYINT)", "uint8"), ("CAST('007' AS VARCHAR)", "utf8"), ("true", "bool"),
        ("TIMESTAMP '2026-01-31 10:11:12.5'", "timestamp(us)"), ("CAST(-1.50 AS DECIMAL(5, 2))", "decimal128(5, 2)"),
        ("CAST('2026' AS VARCHAR)", "utf8"), ("CAST('Null' AS VARCHAR)", "utf8"),
    ])
    func valuesKeepTheirTypes(value: String, type: String) throws {
        let store = try RealStore("parquet", mode: .overwrite, partition: ["k"])
        try store.store("SELECT 1 AS n, \(value) AS k")
        #expect(try store.columns() == ["n: int32", "k: \(type)"])
        #expect(try store.rows("SELECT CAST(k = \(value) AS VARCHAR) AS text FROM t") == ["true"])
    }

    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func withoutRowsTheColumnsStay(format: String) throws {
        let store = try RealStore(format, partition: ["day", "kind"])
        try store.store("\(PartitionTests.rows) WHERE false", run: 1)
        #expect(try store.rows().isEmpty)
        #expect(try store.columns().dropFirst() == ["day: date32", "kind: utf8"])
        try store.store(PartitionTests.rows, run: 2)
        try store.store("\(PartitionTests.rows) WHERE false", run: 3)
        #expect(try store.rows(PartitionTests.query) == PartitionTests.texts)
    }

    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func rowsAreAddedToPartitionsOnce(format: String) throws {
        let store = try RealStore(format, partition: ["k"])
        for run in [1, 2, 1, 2] { try store.store("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)", run: run) }
        #expect(try store.files().count == 4)
        #expect(try store.rows("SELECT CAST(count(*) || ' ' || sum(n) AS VARCHAR) AS text FROM t") == ["8 12"])
    }

    @Test func filesOfPartitionsHaveNoMoreRowsThanIsSaid() throws {
        var store = try RealStore("parquet", mode: .overwrite, partition: ["k"])
        store.dataset.layout.maxRowsPerFile = Located(2)
        try store.store("SELECT i AS n, i % 2 AS k FROM range(10) AS t(i)")
        let files = try store.files()
        #expect(files.count == 6 && files.contains("k=1/part-00002-\(RealStore.run(1)).parquet"))
        #expect(try store.columns() == ["n: int64", "k: int64"])
        #expect(try store.rows("SELECT CAST(count(*) || ' ' || sum(n) AS VARCHAR) AS text FROM t") == ["10 45"])
        let message = store.project.message { try store.store("SELECT 1 AS n, 2 AS k, 3 AS Tauro_File_Number", run: 2) }
        #expect(message.contains("give the column another name"))
    }

    @Test(arguments: ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"])
    func filesOfAFrameOnDiskHaveNoMoreRowsThanIsSaid(format: String) throws {
        var store = try RealStore(format, mode: .overwrite)
        store.dataset.layout.maxRowsPerFile = Located(60_000)
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: store.project["spool"])
        let record = try store.store("SELECT i AS n, 'text' AS s FROM range(200_000) AS t(i)", spool: spool)
        #expect(spool.spooled.frames == 1)
        #expect(record.files == 4 && record.rows == 200_000)
        #expect(
            try store.rows("SELECT CAST(count(*) || ' ' || sum(n) AS VARCHAR) AS text FROM t") == ["200000 19999900000"]
        )
    }

    @Test func aFrameOnDiskIsWrittenBySeveralWriters() throws {
        let store = try RealStore("parquet", mode: .overwrite)
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: store.project["spool"])
        #expect(try store.store("SELECT i AS n FROM range(300_000) AS t(i)", spool: spool).files == 2)
        #expect(spool.spooled.frames == 1)
    }

    @Test func columnsThatCanNotDivideAreTold() throws {
        let store = try RealStore("parquet", partition: ["dya", "x"])
        let message = store.project.message { try store.store("SELECT 1 AS n, DATE '2026-01-31' AS day") }
        #expect(message.contains("Columns not found in DataFrame: [dya, x]") && message.contains("has: n, day"))
        let near = try RealStore("parquet", partition: ["dya"])
        #expect(near.project.message { try near.store("SELECT 1 AS n, 2 AS day") }.contains("did you mean 'day'?"))
        let real = try RealStore("parquet", partition: ["x"])
        #expect(real.project.message { try real.store("SELECT 1 AS n, 0.5::DOUBLE AS x") }.contains("type float64"))
        #expect(real.project.message { try real.store("SELECT 1 AS x") }.contains("names every column of the result"))
        #expect(!FileSystem.exists(real.project["out/t"]))
        #expect(try real.store("SELECT 1 AS n, 2 AS X").files == 1)
    }

    @Test func aDatasetKeepsItsPartition() throws {
        var store = try RealStore("parquet", partition: ["k"])
        try store.store("SELECT 1 AS n, 2 AS k, 3 AS j", run: 1)
        store.dataset.layout.partition = [Located("j")]
        let message = store.project.message { try store.store("SELECT 1 AS n, 2 AS k, 3 AS j", run: 2) }
        #expect(message.contains("what is stored is divided by k, the new rows by j"))
        store.dataset.layout.partition = []
        let whole = store.project.message { try store.store("SELECT 1 AS n, 2 AS k, 3 AS j", run: 2) }
        #expect(whole.contains("divided by k, the new rows by nothing"))
    }

    @Test func directoriesOfOthersAreReadAndNamedByTheirColumns() throws {
        let project = try Project()
        try project.write("n\n1\n", to: "in/year=2025/month=12/a.csv")
        try project.write("n\n2\n", to: "in/year=2026/month=01/b.csv")
        try project.write("n\n9\n", to: "in/year=2026/.month=02/b.csv")
        var store = try RealStore("csv")
        store.dataset = project.output("csv", path: "in")
        #expect(try store.columns() == ["n: int64", "year: int64", "month: utf8"])
        store.dataset.columns = [.init(name: "month", type: "INTEGER"), .init(name: "n", type: "DOUBLE")]
        let texts = ["{'n': 1.0, 'year': 2025, 'month': 12}", "{'n': 2.0, 'year': 2026, 'month': 1}"]
        #expect(try store.rows() == texts)
        store.dataset.path = Located(project["in/*/month=01/*.csv"])
        #expect(try store.rows() == [texts[1]])
    }

    @Test func directoriesThatCanNotBeToldApartAreRefused() throws {
        let project = try Project("x=1")
        try project.write("n\n1\n", to: "in/year=2025/a.csv")
        let loader = InputLoader(engine: FakeEngine())
        let outer = loader.check(project.output("csv", path: "in"), isStored: false, as: .frame).problems
        #expect(outer.first?.message.contains("lies itself in a directory 'x=…'") == true)
        let other = try Project()
        try other.write("n\n1\n", to: "in/year=2025/a.csv")
        try other.write("n\n1\n", to: "in/b.csv")
        let mixed = loader.check(other.output("csv", path: "in"), isStored: false, as: .frame).problems
        #expect(mixed.first?.message.contains("lie in different partitions: none, year;") == true)
    }

    @Test func replaceWhereReplacesThePartitionsThatMeetIt() throws {
        var store = try RealStore("parquet", mode: .overwrite, partition: ["day", "k"])
        store.dataset.layout.overwriteStrategy = Located("replaceWhere")
        store.dataset.layout.replacePredicate = Located("day >= DATE '2026-01-02' AND k = 'a'")
        let row = { (n: Int, day: Int, k: String) in "SELECT \(n) AS n, DATE '2026-01-0\(day)' AS day, '\(k)' AS k" }
        let first = [row(1, 1, "a"), row(2, 2, "a"), row(3, 2, "b"), row(4, 3, "a")]
        var all = store
        all.dataset.layout = OutputLayout()
        all.dataset.layout.partition = store.dataset.layout.partition
        try all.store(first.joined(separator: " UNION ALL "), run: 1)
        for run in [2, 2, 3] { try store.store(row(5, 2, "a"), run: run) }
        let expected = [1, 3, 5]
        #expect(try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t ORDER BY n") == expected.map { "\($0)" })
        let outside = store.project.message { try store.store(row(6, 1, "a"), run: 4) }
        #expect(outside.contains("1 of the new rows do not meet its replace_predicate"))
        store.dataset.layout.replacePredicate = Located("n > 3")
        #expect(
            store.project.message { try store.store(row(6, 1, "a"), run: 5) }
                .contains("replace_predicate 'n > 3' is no condition on its partition columns, day, k")
        )
        #expect(try store.foreignRows("n") == expected.map { "{'n': \($0)}" })
    }
}
