import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// What becomes of the columns of Delta tables, and of some of their rows.
@Suite struct DeltaSchemaTests {
    private func rows(_ store: RealStore) throws -> [String] {
        let own = try store.rows()
        #expect(try DeltaLake.rows(store.dataset.path.value) == own)
        return own
    }

    @Test func columnsMayBeAdded() throws {
        var store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n, 'a' AS s", run: 1)
        let refused = store.project.message { try store.store("SELECT 2::BIGINT AS n, 1.5 AS x", run: 2) }
        #expect(refused.contains("column 'x' is not among those stored; column 's' is missing"))
        store.dataset.layout.mergesSchema = Located(true)
        try store.store("SELECT {'a': [1]} AS x, 2::BIGINT AS n, TIMESTAMP '2024-01-01 00:00:00' AS at", run: 3)
        #expect(
            try rows(store) == [
                "{'n': 1, 's': a, 'x': NULL, 'at': NULL}",
                "{'n': 2, 's': NULL, 'x': {'a': [1]}, 'at': '2024-01-01 00:00:00'}",
            ]
        )
        #expect(try DeltaLake.rows(store.dataset.path.value, version: 0) == ["{'n': 1, 's': a}"])
        let changed = store.project.message { try store.store("SELECT 'x' AS n", run: 4) }
        #expect(changed.contains("column 'n' is stored as long, the new rows have string"), "\(changed)")
        let cased = store.project.message { try store.store("SELECT 3::BIGINT AS N", run: 5) }
        #expect(cased.contains("column 'N' is stored as 'n'"), "\(cased)")
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 2)
    }

    @Test func overwritingChangesColumnsUnlessTheyShallStay() throws {
        var store = try RealStore("delta", mode: .overwrite)
        try store.store("SELECT 1::BIGINT AS n, 'a' AS k", run: 1)
        store.dataset.layout.overwritesSchema = Located(false)
        let refused = store.project.message { try store.store("SELECT 'x' AS n, 'a' AS k", run: 2) }
        #expect(refused.contains("column 'n' is stored as long, the new rows have string; return the columns"))
        store.dataset.layout.overwritesSchema = Located(true)
        store.dataset.layout.partition = [Located("k")]
        try store.store("SELECT 'x' AS n, 'a' AS k", run: 3)
        #expect(try rows(store) == ["{'n': x, 'k': a}"])
        // Without a word about it, a table stays divided as it is.
        store.dataset.layout.partition = []
        store.dataset.writeMode = .append
        store.dataset.layout.overwritesSchema = nil
        try store.store("SELECT 'y' AS n, 'b' AS k", run: 4)
        #expect(try store.files().contains { $0.hasPrefix("k=b/") })
        store.dataset.layout.partition = [Located("n")]
        let other = store.project.message { try store.store("SELECT 'y' AS n, 'b' AS k", run: 5) }
        #expect(other.contains("what is stored is divided by k, the new rows by n"), "\(other)")
        #expect(try rows(store).count == 2)
    }

    @Test func partitionsThatMeetAConditionAreReplaced() throws {
        var store = try RealStore("delta", mode: .overwrite, partition: ["day", "k"])
        let query =
            "SELECT i AS n, DATE '2026-01-01' + (i % 4)::INTEGER AS day, CASE WHEN i % 3 = 0 THEN NULL ELSE 'a/' || i % 3 END AS k"
        try store.store("\(query) FROM range(12) AS t(i)", run: 1)
        store.dataset.layout.overwriteStrategy = Located("replaceWhere")
        store.dataset.layout.replacePredicate = Located("day >= '2026-01-03' AND k IS NOT NULL")
        let outside = store.project.message {
            try store.store("SELECT 100::BIGINT AS n, DATE '2026-01-01' AS day, 'a/1' AS k", run: 2)
        }
        #expect(outside.contains("1 of the new rows do not meet its replace_predicate"))
        try store.store("SELECT 100::BIGINT AS n, DATE '2026-01-04' AS day, 'a/1' AS k", run: 3)
        let expected = (0..<12).filter { $0 % 4 < 2 || $0 % 3 == 0 } + [100]
        #expect(try rows(store).count == expected.count)
        let numbers = try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t ORDER BY n")
        #expect(numbers == expected.map { "\($0)" })
        store.dataset.layout.replacePredicate = Located("n > 3")
        let general = store.project.message {
            try store.store("SELECT 100::BIGINT AS n, DATE '2026-01-04' AS day, 'a/1' AS k", run: 4)
        }
        #expect(general.contains("replace_predicate 'n > 3' is no condition on its partition columns"), "\(general)")
    }

    /// Tables of `deltalake`, or such as it does not make.
    @Test(arguments: [
        ("configuration={'delta.enableChangeDataFeed': 'true'}", "uses the change data feed"),
        ("configuration={'delta.enableDeletionVectors': 'true'}", "has the feature deletionVectors"),
        ("configuration={'delta.columnMapping.mode': 'name'}", "uses column mapping by name"),
    ])
    func tablesThatAskForMoreAreLeftAsTheyAre(settings: String, message: String) throws {
        let store = try RealStore("delta")
        let path = store.dataset.path.value
        let written = try? DeltaLake.run(
            "write_deltalake(path, ac.Table.from_pydict(column([1], ac.DataType.int64())), \(settings))",
            path
        )
        if written == nil { try forge(settings, path) }
        let before = try FileSystem.list(path + "/_delta_log")
        let refused = store.project.message { try store.store("SELECT 2::BIGINT AS n") }
        #expect(refused.contains(message) && refused.contains("which is not written here"), "\(refused)")
        #expect(try FileSystem.list(path + "/_delta_log") == before)
    }

    /// A table that `deltalake` does not make itself: its log says that it uses what the settings say.
    private func forge(_ settings: String, _ path: String) throws {
        try DeltaLake.run(
            """
            write_deltalake(path, ac.Table.from_pydict(column([1], ac.DataType.int64())))
            file = f"{path}/_delta_log/{0:020}.json"
            settings = dict(\(settings))["configuration"]
            lines = [json.loads(line) for line in open(file)]
            for line in lines:
                if "metaData" in line: line["metaData"]["configuration"].update(settings)
                if "protocol" in line: line["protocol"] = {"minReaderVersion": 3, "minWriterVersion": 7,
                    "readerFeatures": ["deletionVectors"] if "delta.enableDeletionVectors" in settings else ["columnMapping"],
                    "writerFeatures": ["deletionVectors"] if "delta.enableDeletionVectors" in settings else ["columnMapping"]}
            open(file, "w").write("\\n".join(json.dumps(line) for line in lines))
            """,
            path
        )
    }

    @Test func aTableToWhichRowsAreOnlyAddedIsNotOverwritten() throws {
        var store = try RealStore("delta", mode: .overwrite)
        try DeltaLake.run(
            "write_deltalake(path, ac.Table.from_pydict(column([1], ac.DataType.int64())), configuration={'delta.appendOnly': 'true'})",
            store.dataset.path.value
        )
        let refused = store.project.message { try store.store("SELECT 2::BIGINT AS n") }
        #expect(refused.contains("has delta.appendOnly, so rows may only be added to it; use write_mode: append"))
        store.dataset.writeMode = .append
        try store.store("SELECT 2::BIGINT AS n")
        #expect(try rows(store).count == 2)
    }

    @Test func columnsThatMayNotBeNullAreHeldToThat() throws {
        let store = try RealStore("delta")
        try DeltaLake.run(
            """
            schema = ac.Schema([ac.Field("n", ac.DataType.int64(), nullable=False), ac.Field("s", ac.DataType.string())])
            write_deltalake(path, ac.Table.from_arrays([ac.Array([1], ac.DataType.int64()), ac.Array(["a"], ac.DataType.string())], schema=schema))
            """,
            store.dataset.path.value
        )
        try store.store("SELECT 2::BIGINT AS n, NULL::VARCHAR AS s", run: 1)
        let refused = store.project.message { try store.store("SELECT NULL::BIGINT AS n, 'b' AS s", run: 2) }
        #expect(refused.contains("column 'n' of the Delta table"), "\(refused)")
        #expect(try rows(store).count == 2)
    }

    @Test func tablesOfOthersAreAppendedToAndOverwritten() throws {
        var store = try RealStore("delta")
        let path = store.dataset.path.value
        try DeltaLake.run(
            """
            from datetime import date
            def rows_of(n):
                return ac.Table.from_pydict({"n": ac.Array([n], ac.DataType.int64()), "k": ac.Array(["é %" + str(n)], ac.DataType.string())})
            for n in range(12): write_deltalake(path, rows_of(n), partition_by=["k"], mode="append")
            DeltaTable(path).create_checkpoint()
            for n in range(11): os.remove(f"{path}/_delta_log/{n:020}.json")
            """,
            path
        )
        try store.store("SELECT 100::BIGINT AS n, 'ö' AS k", run: 1)
        #expect(try rows(store).count == 13)
        try DeltaLake.run(
            "write_deltalake(path, ac.Table.from_pydict({'n': ac.Array([5], ac.DataType.int64()), 'k': ac.Array(['ö'], ac.DataType.string())}), mode='append')",
            path
        )
        #expect(try rows(store).count == 14)
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 1::BIGINT AS n, 'x' AS k", run: 2)
        #expect(try rows(store) == ["{'n': 1, 'k': x}"])
        #expect(try DeltaLake.rows(path, version: 13).count == 14)
        try DeltaLake.run("DeltaTable(path).delete(\"k = 'x'\")", path)
        #expect(try rows(store).isEmpty)
        let operations = try DeltaLake.run(
            "for c in DeltaTable(path).history(): print(c['operation'], c.get('runId'))",
            path
        )
        #expect(
            operations.first == "DELETE None" && operations.dropFirst().first == "WRITE \(RealStore.run(2))",
            "\(operations)"
        )
    }
}
