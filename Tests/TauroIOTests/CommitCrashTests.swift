import Glibc
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// A process that is killed at a step of a commit, and what others find then.
@Suite struct CommitCrashTests {
    @Test(arguments: CommitStep.allCases)
    func anAppendIsThereAsAWholeOrNotAtAll(step: CommitStep) async throws {
        let store = try RealStore("parquet", partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)", run: 1)
        await kill(at: step, in: store.project["out/t"], mode: "append")
        let isCommitted = [.exchanged, .removed].contains(step)
        let before = (0..<4).map { "{'n': \($0)}" }
        let after = before + ["{'n': 7}", "{'n': 8}"]
        #expect(try store.foreignRows("n") == (isCommitted ? after : before))
        try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2)
        #expect(try store.foreignRows("n") == after)
        #expect(try store.rows().count == 6)
        try store.store("SELECT i AS n, i % 2 AS k FROM range(9, 10) AS t(i)", run: 3)
        #expect(try store.rows().count == 7)
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test(arguments: CommitStep.allCases)
    func theFirstAppendIsNoOther(step: CommitStep) async throws {
        let store = try RealStore("parquet", partition: ["k"])
        await kill(at: step, in: store.project["out/t"], mode: "append")
        #expect(FileSystem.exists(store.project["out/t"]) == [.exchanged, .removed].contains(step))
        try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2)
        #expect(try store.foreignRows("n") == ["{'n': 7}", "{'n': 8}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test(arguments: CommitStep.allCases)
    func anOverwriteLeavesTheOldRowsOrTheNewOnes(step: CommitStep) async throws {
        let store = try RealStore("parquet", mode: .overwrite, partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(1, 2) AS t(i)", run: 1)
        await kill(at: step, in: store.project["out/t"], mode: "overwrite")
        let new = ["{'n': 7}", "{'n': 8}"]
        #expect(try store.foreignRows("n") == ([.exchanged, .removed].contains(step) ? new : ["{'n': 1}"]))
        try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2)
        #expect(try store.foreignRows("n") == new)
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    /// Stores 7 and 8 in a process of its own, which is killed at a step.
    private func kill(at step: CommitStep, in directory: String, mode: String) async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [step = step.rawValue as String, directory = directory as String, mode = mode as String] in
            var store = try RealStore("parquet", partition: ["k"])
            store.dataset.path = Located(directory)
            store.dataset.writeMode = DatasetDefinition.WriteMode(rawValue: mode) ?? .error
            try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2) { reached in
                if reached.rawValue == step { Glibc.kill(getpid(), SIGKILL) }
            }
        }
    }
}
