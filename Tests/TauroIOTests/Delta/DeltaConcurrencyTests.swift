import Glibc
import Synchronization
import TauroBasics
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Several writers of one Delta table, and writers that die.
@Suite struct DeltaConcurrencyTests {
    private func log(_ store: RealStore) throws -> [String] {
        try FileSystem.list(store.dataset.path.value + "/_delta_log").filter { $0.hasSuffix(".json") }
    }

    @Test func writersOnManyThreadsLoseAndDoubleNothing() async throws {
        let store = try RealStore("delta", partition: ["k"])
        await withTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<6 {
                        let value = writer * 100 + number
                        #expect(throws: Never.self) {
                            try store.store("SELECT \(value) AS n, \(number % 2) AS k", run: writer, node: "n\(number)")
                        }
                    }
                }
            }
        }
        let numbers = try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t ORDER BY n")
        #expect(numbers == (0..<4).flatMap { writer in (0..<6).map { "\(writer * 100 + $0)" } })
        #expect(try DeltaLake.rows(store.dataset.path.value) == store.rows())
        #expect(try log(store).count == 24)
        #expect(try FileSystem.list(store.dataset.path.value).filter { $0.hasPrefix(".") } == [])
    }

    @Test func whoeverIsSecondAppendsBehindTheFirst() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        let path = store.dataset.path.value
        try store.store("SELECT 2::BIGINT AS n", run: 2) { step in
            guard step == .joined else { return }
            try DeltaLake.run(
                "write_deltalake(path, ac.Table.from_pydict(column([3], ac.DataType.int64())), mode='append')",
                path
            )
        }
        #expect(try store.rows() == ["{'n': 1}", "{'n': 2}", "{'n': 3}"])
        #expect(try DeltaLake.rows(path) == store.rows())
        #expect(try log(store).count == 3)
    }

    @Test func anOverwriteTakesAwayWhatCameMeanwhile() throws {
        var store = try RealStore("delta", mode: .overwrite)
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        let other = store
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 2::BIGINT AS n", run: 2) { step in
            guard step == .joined else { return }
            var appended = other
            appended.dataset.writeMode = .append
            try appended.store("SELECT 3::BIGINT AS n", run: 3)
        }
        #expect(try store.rows() == ["{'n': 2}"])
        #expect(try DeltaLake.rows(store.dataset.path.value, version: 1) == ["{'n': 1}", "{'n': 3}"])
    }

    @Test func whoIsAlwaysSecondEndsWithTheOthersVersion() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        var dataset = store.dataset
        dataset.writeMode = .overwrite
        let statement = SQLStatement(text: "SELECT 2::BIGINT AS n", tables: [])
        let frame = try RealStore.engine.run(statement, cancellation: CancellationToken())
        let message = store.project.message {
            _ = try DeltaOutput(
                engine: RealStore.engine,
                writers: 1,
                dataset: dataset,
                commit: CommitIdentity(runID: RealStore.run(2), node: "n"),
                cancellation: CancellationToken(),
                atStep: { step in if step == .joined { try store.store("SELECT 3::BIGINT AS n", run: 3) } },
                conflictLimit: 1
            ).store(frame)
        }
        #expect(
            message.contains("last version 1 (WRITE Append) changed the table's rows. Nothing of this run is stored")
        )
        #expect(try store.rows() == ["{'n': 1}", "{'n': 3}"])
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 2)
    }

    @Test func twoFirstCommitsAreOneTable() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 2::BIGINT AS n", run: 2) { step in
            if step == .joined { try store.store("SELECT 1::BIGINT AS n", run: 1) }
        }
        #expect(try store.rows() == ["{'n': 1}", "{'n': 2}"])
        #expect(try DeltaLake.rows(store.dataset.path.value) == store.rows())
    }

    @Test func whatNoLongerFitsIsRefused() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        let message = store.project.message {
            try store.store("SELECT 2::BIGINT AS n", run: 2) { step in
                guard step == .joined else { return }
                var other = store
                other.dataset.writeMode = .overwrite
                try other.store("SELECT 'x' AS n", run: 3)
            }
        }
        #expect(message.contains("column 'n' is stored as string, the new rows have long"), "\(message)")
        #expect(try store.rows() == ["{'n': x}"])
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 2)
    }

    @Test func theSameCommitElsewhereIsFoundBeforeItIsDoubled() throws {
        let store = try RealStore("delta")
        try store.store("SELECT 1::BIGINT AS n", run: 1)
        let record = try store.store("SELECT i AS n FROM range(3) AS t(i)", run: 2) { step in
            if step == .joined { try store.store("SELECT i AS n FROM range(2) AS t(i)", run: 2) }
        }
        #expect(record.rows == 2)
        #expect(try store.rows().count == 3)
    }

    @Test(arguments: CommitStep.allCases, ["append", "overwrite"])
    func aWriterThatDiesLeavesTheOldVersionOrTheNewOne(step: CommitStep, mode: String) async throws {
        let store = try RealStore("delta", partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(2) AS t(i)", run: 1)
        await kill(at: step, in: store.dataset.path.value, mode: mode)
        let isCommitted = [.exchanged, .removed].contains(step)
        let (old, new) = (["0", "1"], mode == "append" ? ["0", "1", "7", "8"] : ["7", "8"])
        let numbers = "SELECT CAST(n AS VARCHAR) AS text FROM t ORDER BY n"
        #expect(try store.rows(numbers) == (isCommitted ? new : old))
        #expect(try DeltaLake.rows(store.dataset.path.value) == store.rows())
        var again = store
        again.dataset.writeMode = DatasetDefinition.WriteMode(rawValue: mode) ?? .error
        try again.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2)
        #expect(try store.rows(numbers) == new)
        // What the dead run left is gone, and nothing else.
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 4)
        #expect(try FileSystem.list(store.dataset.path.value).filter { $0.hasPrefix(".") } == [])
        #expect(try log(store).count == 2)
    }

    @Test(arguments: CommitStep.allCases) func theFirstCommitIsNoOther(step: CommitStep) async throws {
        let store = try RealStore("delta", partition: ["k"])
        await kill(at: step, in: store.dataset.path.value, mode: "append")
        let findings = DataOutputManager(engine: RealStore.engine, writers: 1).check(store.dataset)
        #expect(findings.isEmpty, "\(findings)")
        try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2)
        #expect(try store.rows().count == 2)
        #expect(try store.files().filter { $0.hasSuffix(".parquet") }.count == 2)
    }

    @Test func filesOfEarlierVersionsOutliveTheRunThatDied() async throws {
        var store = try RealStore("delta", partition: ["k"])
        await kill(at: .exchanged, in: store.dataset.path.value, mode: "append")
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 1::BIGINT AS n, 0::BIGINT AS k", run: 3)
        #expect(try DeltaLake.rows(store.dataset.path.value, version: 0).count == 2)
    }

    /// Stores 7 and 8 in a process of its own, which is killed at a step.
    private func kill(at step: CommitStep, in directory: String, mode: String) async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [step = step.rawValue as String, directory = directory as String, mode = mode as String] in
            var store = try RealStore("delta", partition: ["k"])
            store.dataset.path = Located(directory)
            store.dataset.writeMode = DatasetDefinition.WriteMode(rawValue: mode) ?? .error
            try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2) { reached in
                if reached.rawValue == step { Glibc.kill(getpid(), SIGKILL) }
            }
        }
    }
}
