import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// A result that is made anew takes the place of what the same node of the same run stored before.
@Suite struct NewGenerationTests {
    typealias WriteMode = DatasetDefinition.WriteMode

    @Test(arguments: KnownOutputTests.formats, [[], ["k"]])
    func ofAnAppendLeavesRowsOfOthers(format: String, partition: [String]) throws {
        let store = try RealStore(format, partition: partition)
        try store.store("SELECT 1::BIGINT AS n, 1::BIGINT AS k", run: 1)
        let first = try store.output("SELECT i AS n, i % 2 AS k FROM range(10, 14) AS t(i)", run: 2)
        try store.store("SELECT 3::BIGINT AS n, 1::BIGINT AS k", run: 3)
        // The file can not even be read.
        let torn = try #require(store.paths(of: first).first { $0.contains("part-") })
        try FileSystem.writeAtomically("torn", to: torn)
        let second = try store.output("SELECT 20::BIGINT AS n, 0::BIGINT AS k", run: 2, generation: 2)
        #expect(try numbers(store) == ["1", "3", "20"])
        #expect(try store.output("SELECT 30::BIGINT AS n, 0::BIGINT AS k", run: 2, generation: 2) == second)
        #expect(try store.output("SELECT 30::BIGINT AS n, 0::BIGINT AS k", run: 2).record == second.record)
        #expect(try numbers(store) == ["1", "3", "20"])
        let manager = store.manager()
        #expect(try manager.stored(as: store.dataset, by: RealStore.commit(2)) == nil)
        #expect(try manager.stored(as: store.dataset, by: RealStore.commit(2, generation: 2)) == second)
        #expect(try store.trouble(with: second, run: 2, generation: 2) == nil)
        #expect(manager.obstacle(toReplacing: store.dataset) == nil)
    }

    @Test(arguments: KnownOutputTests.formats, [WriteMode.overwrite, .error, .ignore])
    func ofAWholeOutputTakesItsPlace(format: String, mode: WriteMode) throws {
        let store = try RealStore(format, mode: mode)
        let first = try store.output("SELECT 1::BIGINT AS n")
        try FileSystem.removeFile(try #require(store.paths(of: first).first { $0.contains("part-") }))
        let second = try store.output("SELECT 2::BIGINT AS n", generation: 2)
        #expect(second.record.rows == 1)
        #expect(try numbers(store) == ["2"])
        #expect(try store.output("SELECT 3::BIGINT AS n", generation: 2) == second)
        #expect(try numbers(store) == ["2"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test(arguments: ["parquet", "delta"]) func ofReplacedPartitionsTakesItsPlace(format: String) throws {
        var store = try RealStore(format, mode: .overwrite, partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)", run: 1)
        store.dataset.layout.overwriteStrategy = Located("replaceWhere")
        store.dataset.layout.replacePredicate = Located("k = 1")
        _ = try store.output("SELECT 10::BIGINT AS n, 1::BIGINT AS k", run: 2)
        _ = try store.output("SELECT 20::BIGINT AS n, 1::BIGINT AS k", run: 2, generation: 2)
        #expect(try numbers(store) == ["0", "2", "20"])
    }

    @Test(arguments: ["parquet", "delta"]) func doesNotTouchRowsOfOthersThatItWouldRefuse(format: String) throws {
        var store = try RealStore(format, mode: .overwrite)
        _ = try store.output("SELECT 1::BIGINT AS n")
        try store.store("SELECT 2::BIGINT AS n", run: 2)
        store.dataset.writeMode = .error
        let message = store.project.message { _ = try store.output("SELECT 3::BIGINT AS n", generation: 2) }
        #expect(message.contains("its write_mode is error"))
        store.dataset.writeMode = .ignore
        #expect(try store.output("SELECT 3::BIGINT AS n", generation: 2).record.rows == 0)
        #expect(try numbers(store) == ["2"])
    }

    @Test func ofRowsThatOthersChangedInADeltaTableIsRefused() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        let first = try store.output("SELECT 2::BIGINT AS n", run: 2)
        try ForeignPython.run(
            "import sys, deltalake; deltalake.DeltaTable(sys.argv[1]).delete('n = 2')",
            store.dataset.path.value
        )
        let trouble = try #require(try store.trouble(with: first, run: 2))
        #expect(trouble.hasSuffix("is not in the table as it was stored"))
        let message = store.project.message { _ = try store.output("SELECT 3::BIGINT AS n", run: 2, generation: 2) }
        #expect(message.contains("so its rows can not give way to new ones"))
        #expect(try numbers(store) == ["1"])
    }

    @Test func rowsOfADeltaTableThatWereOnlyMovedAreThere() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        let first = try store.output("SELECT 2::BIGINT AS n", run: 2)
        try ForeignPython.run(
            "import sys, deltalake; deltalake.DeltaTable(sys.argv[1]).optimize.compact()",
            store.dataset.path.value
        )
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 3)
        #expect(try store.trouble(with: first, run: 2) == nil)
        guard case .frame(let restored)? = try store.restored(first, run: 2) else {
            Issue.record("no frame came back")
            return
        }
        #expect(try restored.texts() == [["2"]])
        try FileSystem.writeAtomically("torn", to: #require(store.paths(of: first).first))
        if case .some = try store.restored(first, run: 2) { Issue.record("a torn file came back") }
        let message = store.project.message { _ = try store.output("SELECT 3::BIGINT AS n", run: 2, generation: 2) }
        #expect(message.contains("so its rows can not give way to new ones"))
        #expect(try numbers(store) == ["1", "2"])
    }

    private func numbers(_ store: RealStore) throws -> [String] {
        try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t ORDER BY n")
    }
}
