import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Delta tables that results are stored in, read by this program and by `deltalake`.
@Suite struct DeltaOutputTests {
    private func log(_ store: RealStore) throws -> [String] {
        try FileSystem.list(store.dataset.path.value + "/_delta_log")
    }

    /// What this program reads, once it is what `deltalake` reads too.
    private func rows(_ store: RealStore) throws -> [String] {
        let own = try store.rows()
        #expect(try DeltaLake.rows(store.dataset.path.value) == own)
        return own
    }

    @Test func rowsAreAppendedAndOverwrittenVersionByVersion() throws {
        var store = try RealStore("delta")
        try store.store("SELECT i AS n, 'a' || i AS s FROM range(3) AS t(i)", run: 1)
        try store.store("SELECT 7 ::BIGINT AS n, NULL::VARCHAR AS s", run: 2)
        #expect(try rows(store).count == 4)
        store.dataset.writeMode = .overwrite
        let record = try store.store("SELECT 1::BIGINT AS n, 'x' AS s", run: 3)
        #expect(record.rows == 1 && record.files == 1 && record.bytes > 0)
        #expect(try rows(store) == ["{'n': 1, 's': x}"])
        #expect(try DeltaLake.rows(store.dataset.path.value, version: 1).count == 4)
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test func theSameCommitIsStoredOnce() throws {
        let store = try RealStore("delta", partition: ["k"])
        let first = try store.store("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)", run: 1)
        try store.store("SELECT 9::BIGINT AS n, 1::BIGINT AS k", run: 1, node: "other")
        let again = try store.store("SELECT 5::BIGINT AS n, 0::BIGINT AS k", run: 1)
        #expect(again == first && first.rows == 4 && first.files == 2)
        #expect(try rows(store).count == 5)
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 3)
    }

    @Test func valuesOfPartitionsAreWhatTheyWere() throws {
        let store = try RealStore("delta", partition: ["k", "d", "at"])
        let texts = [
            "'a/b%20c'", "'é=1 & ü?#'", "NULL", "'null'", "'it''s'", "'__HIVE_DEFAULT_PARTITION__'", "'\\'", "'日本'",
        ]
        let query = texts.enumerated().map { number, text in
            "SELECT \(number)::BIGINT AS n, \(text) AS k, DATE '2024-02-29' + \(number) AS d,"
                + " CASE WHEN \(number) = 1 THEN NULL ELSE TIMESTAMPTZ '2024-01-01 10:00:00.5+02' + INTERVAL \(number) HOUR END AS at"
        }
        try store.store(query.joined(separator: " UNION ALL "), run: 1)
        let rows = try rows(store)
        #expect(rows.count == texts.count)
        #expect(rows[0] == "{'n': 0, 'k': a/b%20c, 'd': 2024-02-29, 'at': '2024-01-01 08:00:00.5+00'}")
        #expect(rows[2].contains("'k': NULL") && rows[3].contains("'k': 'null'"), "\(rows)")
        // A filter by the partition finds every one of them.
        for (number, text) in texts.enumerated() where text != "NULL" {
            let count = try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t WHERE k = \(text)")
            #expect(count == ["\(number)"])
        }
    }

    @Test func partitionsOfZonelessTimestampsNumbersAndDecimals() throws {
        let store = try RealStore("delta", partition: ["at", "b", "m", "s"])
        try store.store(
            "SELECT 1 AS n, TIMESTAMP '2024-01-01 10:00:00.25' AS at, true AS b, 1.50::DECIMAL(9, 2) AS m, 3::UTINYINT AS s"
                + " UNION ALL SELECT 2, TIMESTAMP '2024-01-01 00:00:00', NULL, -0.05, 255"
        )
        #expect(
            try rows(store) == [
                "{'n': 1, 'at': '2024-01-01 10:00:00.25', 'b': true, 'm': 1.50, 's': 3}",
                "{'n': 2, 'at': '2024-01-01 00:00:00', 'b': NULL, 'm': -0.05, 's': 255}",
            ]
        )
    }

    @Test func emptyTextCanNotDivideATable() throws {
        let store = try RealStore("delta", partition: ["k"])
        let message = store.project.message { try store.store("SELECT 1 AS n, '' AS k") }
        #expect(message.contains("column 'k' has empty text, which a Delta table can not tell from NULL"))
        #expect(!FileSystem.exists(store.dataset.path.value))
    }

    @Test(arguments: [[], ["k"]]) func aResultWithoutRowsIsATable(partition: [String]) throws {
        let store = try RealStore("delta", partition: partition)
        let record = try store.store("SELECT 1::BIGINT AS n, 'x' AS k WHERE false")
        #expect(record.rows == 0 && record.files == 0)
        #expect(try rows(store).isEmpty)
        #expect(try store.columns() == ["n: int64", "k: utf8"])
        try store.store("SELECT 1::BIGINT AS n, 'x' AS k", run: 2)
        #expect(try rows(store) == ["{'n': 1, 'k': x}"])
    }

    @Test(arguments: [[], ["k"]]) func filesHoldAtMostSoManyRows(partition: [String]) throws {
        var store = try RealStore("delta", partition: partition)
        store.dataset.layout.maxRowsPerFile = Located(10)
        let record = try store.store("SELECT i AS n, i % 2 AS k FROM range(45) AS t(i)")
        #expect(record.files == (partition.isEmpty ? 5 : 6))
        #expect(try rows(store).count == 45)
    }

    @Test(arguments: ["uncompressed", "gzip", "zstd", "snappy", "lz4"])
    func filesAreCompressedAsTheyShall(codec: String) throws {
        var store = try RealStore("delta")
        store.dataset.options["compression"] = ConfigValue(
            .string(codec),
            at: SourceLocation(file: "output.yaml", line: 1, column: 1)
        )
        try store.store("SELECT i AS n FROM range(5) AS t(i)")
        #expect(try rows(store).count == 5)
    }

    @Test func tablesAreLeftAloneOrRefused() throws {
        var store = try RealStore("delta", mode: .ignore)
        #expect(try store.store("SELECT 1 AS n", run: 1).rows == 1)
        #expect(try store.store("SELECT 2 AS n", run: 2).rows == 0)
        store.dataset.writeMode = .error
        #expect(store.project.message { try store.store("SELECT 3 AS n", run: 3) }.contains("its write_mode is error"))
        #expect(try rows(store) == ["{'n': 1}"])
        #expect(try log(store) == ["00000000000000000000.json"])
        let findings = DataOutputManager(engine: RealStore.engine, writers: 1).check(store.dataset)
        #expect(findings.map(\.message).joined().contains("exists already in"))
    }

    @Test func everyTenthVersionIsWrittenDownAndTheOldOnesMayGo() throws {
        var store = try RealStore("delta", partition: ["k"])
        for run in 0..<11 {
            let query = "SELECT \(run)::BIGINT AS n, CASE WHEN \(run) = 3 THEN NULL ELSE 'a %' || \(run % 2) END AS k"
            try store.store(query, run: 1, node: "n\(run)")
        }
        #expect(try log(store).contains("00000000000000000010.checkpoint.parquet"))
        for version in 0...10 {
            try FileSystem.removeFile(
                store.dataset.path.value + "/_delta_log/" + DeltaLogFile.commitName(Int64(version))
            )
        }
        #expect(try rows(store).count == 11)
        #expect(
            try DeltaLake.run(
                "print(len(DeltaTable(path).files() if hasattr(DeltaTable, 'files') else DeltaTable(path).file_uris()))",
                store.dataset.path.value
            ) == ["11"]
        )
        // The commits are known still.
        let again = try store.store("SELECT 0::BIGINT AS n, 'z' AS k", run: 1, node: "n5")
        #expect(again.rows == 1 && again.files == 1 && again.bytes > 0)
        #expect(try rows(store).count == 11)
        for run in 11..<21 { try store.store("SELECT \(run)::BIGINT AS n, 'b' AS k", run: 1, node: "n\(run)") }
        #expect(try log(store).contains("00000000000000000020.checkpoint.parquet"))
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 1::BIGINT AS n, 'b' AS k", run: 1, node: "last")
        #expect(try rows(store) == ["{'n': 1, 'k': b}"])
        let last = try FileSystem.readText(store.dataset.path.value + "/_delta_log/_last_checkpoint")
        #expect(try JSONValue(parsing: last)["version"] == 20)
        #expect(try DeltaLake.rows(store.dataset.path.value, version: 19).count == 20)
    }

    @Test func presenceIsKnownWithoutReadingRows() throws {
        let store = try RealStore("delta", partition: ["k"])
        try store.store("SELECT i AS n, i % 3 AS k FROM range(30) AS t(i)")
        let presence = InputLoader(engine: RealStore.engine).presence(of: store.dataset)
        #expect(presence?.files == 3 && presence?.rows == 30)
        #expect(presence?.bytes ?? 0 > 0)
    }

    @Test func anotherFormatsFilesAreInTheWay() throws {
        let store = try RealStore("delta")
        try store.project.write("rows", to: "out/t/rows.csv")
        let message = store.project.message { try store.store("SELECT 1 AS n") }
        #expect(message.contains("holds 'rows.csv' and no Delta table, so output 't' can not become one there"))
        #expect(try FileSystem.list(store.project["out/t"]) == ["rows.csv"])
        var inParquet = try RealStore("delta")
        try inParquet.store("SELECT 1 AS n")
        inParquet.dataset.format = Located("parquet")
        inParquet.dataset.writeMode = .overwrite
        let refused = inParquet.project.message { try inParquet.store("SELECT 1 AS n") }
        #expect(refused.contains("'_delta_log', which is not part of output"), "\(refused)")
    }

    @Test func typesThatDeltaLacksAreNamed() throws {
        let store = try RealStore("delta")
        let message = store.project.message {
            try store.store("SELECT 1 AS n, TIME '10:00:00' AS at, INTERVAL 1 DAY AS took, [TIME '10:00:00'] AS l")
        }
        #expect(message.contains("column 'at' is time(us); column 'took' is interval"), "\(message)")
        #expect(message.contains("column 'l' is list<"))
        #expect(!FileSystem.exists(store.dataset.path.value))
    }
}
