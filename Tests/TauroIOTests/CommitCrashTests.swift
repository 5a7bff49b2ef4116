import Glibc
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// A process that is killed at a step of a commit, and what others find then.
@Suite struct CommitCrashTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let format: String
        let step: CommitStep
        var testDescription: String { "\(format) \(step)" }
        /// Whether the rows are in place when the process is killed.
        var isCommitted: Bool { [.exchanged, .removed].contains(step) }

        /// Every step with parquet; with formats that are written by other hands, the steps between which the rows of one
        /// commit become those of the next.
        static let all =
            CommitStep.allCases.map { Case(format: "parquet", step: $0) }
            + ["arrow", "csv", "json", "orc"].flatMap { format in
                [CommitStep.written, .joined, .exchanged].map { Case(format: format, step: $0) }
            }
        /// With fewer steps where nothing is there before.
        static let first = all.filter { $0.format == "parquet" || $0.step != .written }
    }

    @Test(arguments: Case.all)
    func anAppendIsThereAsAWholeOrNotAtAll(crash: Case) async throws {
        let store = try RealStore(crash.format, partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)", run: 1)
        await kill(crash, in: store.project["out/t"], mode: .append)
        let before = (0..<4).map { "{'n': \($0)}" }
        let after = before + ["{'n': 7}", "{'n': 8}"]
        #expect(try store.foreignRows("n") == (crash.isCommitted ? after : before))
        try isKnown(store, crash.isCommitted)
        try repeatCommit(store)
        #expect(try store.foreignRows("n") == after)
        #expect(try store.rows().count == 6)
        try store.store("SELECT i AS n, i % 2 AS k FROM range(9, 10) AS t(i)", run: 3)
        #expect(try store.rows().count == 7)
    }

    @Test(arguments: CommitStep.allCases)
    func theFirstAppendIsNoOther(step: CommitStep) async throws {
        try await beginsWhole(Case(format: "parquet", step: step), .append)
    }

    @Test(arguments: Case.all)
    func anOverwriteLeavesTheOldRowsOrTheNewOnes(crash: Case) async throws {
        let store = try RealStore(crash.format, mode: .overwrite, partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(1, 2) AS t(i)", run: 1)
        await kill(crash, in: store.project["out/t"], mode: .overwrite)
        let new = ["{'n': 7}", "{'n': 8}"]
        #expect(try store.foreignRows("n") == (crash.isCommitted ? new : ["{'n': 1}"]))
        try isKnown(store, crash.isCommitted)
        try repeatCommit(store)
        #expect(try store.foreignRows("n") == new)
        try store.store("SELECT i AS n, i % 2 AS k FROM range(9, 10) AS t(i)", run: 3)
        try repeatCommit(store)
        #expect(try store.foreignRows("n") == ["{'n': 9}"])
    }

    @Test(arguments: Case.first)
    func whatRefusesOtherRowsTakesItsOwnAgain(crash: Case) async throws {
        let store = try await beginsWhole(crash, .error)
        let message = store.project.message { try store.store("SELECT 9 AS n, 1 AS k", run: 3) }
        #expect(message.contains("exists already"))
        #expect(try store.rows().count == 2)
    }

    @Test(arguments: Case.first)
    func whatLeavesOtherRowsAloneAnswersItsOwn(crash: Case) async throws {
        let store = try await beginsWhole(crash, .ignore)
        #expect(try store.store("SELECT 9 AS n, 1 AS k", run: 3).rows == 0)
        #expect(try store.rows().count == 2)
    }

    /// Kills the first commit of an output at a step, and makes it again.
    @discardableResult
    private func beginsWhole(_ crash: Case, _ mode: DatasetDefinition.WriteMode) async throws -> RealStore {
        let store = try RealStore(crash.format, mode: mode, partition: ["k"])
        await kill(crash, in: store.project["out/t"], mode: mode)
        #expect(FileSystem.exists(store.project["out/t"]) == crash.isCommitted)
        try isKnown(store, crash.isCommitted)
        try repeatCommit(store)
        #expect(try store.foreignRows("n") == ["{'n': 7}", "{'n': 8}"])
        return store
    }

    /// What the killed commit stored is known as a whole, or not at all.
    private func isKnown(_ store: RealStore, _ isCommitted: Bool) throws {
        let output = try store.manager().stored(as: store.dataset, by: RealStore.commit(2))
        #expect((output != nil) == isCommitted)
        guard let output else { return }
        #expect(output.record.rows == 2 && output.record.files == 2)
        guard case .files(let seals) = output.seal else {
            Issue.record("no files are sealed")
            return
        }
        #expect(seals.filter { $0.path.contains("part-") }.count == 2)
        #expect(try store.trouble(with: output, run: 2) == nil)
    }

    @Test(arguments: CommitStep.allCases, ["parquet", "csv", "delta"])
    func aNewGenerationIsThereInThePlaceOfTheOldOneOrNotAtAll(step: CommitStep, format: String) async throws {
        let store = try RealStore(format, partition: ["k"])
        try store.store("SELECT i AS n, i % 2 AS k FROM range(2) AS t(i)", run: 1)
        let first = try store.output("SELECT i AS n, i % 2 AS k FROM range(4, 6) AS t(i)", run: 2)
        await kill(Case(format: format, step: step), in: store.project["out/t"], mode: .append, generation: 2)
        let second = try store.manager().stored(as: store.dataset, by: RealStore.commit(2, generation: 2))
        let isReplaced = second != nil
        #expect(isReplaced == [.exchanged, .removed].contains(step))
        let others = ["0", "1"]
        #expect(try numbers(store) == others + (isReplaced ? ["7", "8"] : ["4", "5"]))
        #expect(try (store.trouble(with: first, run: 2) == nil) == !isReplaced)
        for _ in 0..<2 {
            let again = try store.output("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2, generation: 2)
            #expect(try store.trouble(with: again, run: 2, generation: 2) == nil)
            #expect(try numbers(store) == others + ["7", "8"])
        }
    }

    private func numbers(_ store: RealStore) throws -> [String] {
        try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t ORDER BY n")
    }

    /// Makes the killed commit again, twice, and looks for what may be left of it.
    private func repeatCommit(_ store: RealStore) throws {
        for _ in 0..<2 {
            let record = try store.store("SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)", run: 2)
            #expect(record.rows == 2 && record.files == 2 && record.bytes > 0)
            #expect(try FileSystem.list(store.project["out"]) == ["t"])
        }
    }

    /// Stores 7 and 8 in a process of its own, which is killed at a step.
    private func kill(
        _ crash: Case,
        in directory: String,
        mode: DatasetDefinition.WriteMode,
        generation: Int = 1
    ) async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                format = crash.format as String, step = crash.step.rawValue as String, directory = directory as String,
                mode = mode.rawValue as String, generation = generation as Int
            ] in
            var store = try RealStore(format, partition: ["k"])
            store.dataset.path = Located(directory)
            store.dataset.writeMode = try #require(DatasetDefinition.WriteMode(rawValue: mode))
            let query = "SELECT i AS n, i % 2 AS k FROM range(7, 9) AS t(i)"
            _ = try store.output(query, run: 2, generation: generation) { reached in
                if reached.rawValue == step { Glibc.kill(getpid(), SIGKILL) }
            }
        }
    }
}
