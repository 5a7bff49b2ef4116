import Glibc
import TauroBasics
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// A process that is killed at a step of a commit into a database, and what others find then.
@Suite struct DatabaseCrashTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: TestDatabase.Kind
        let step: DatabaseStep
        var testDescription: String { "\(kind) \(step)" }
        static let all = TestDatabase.Kind.allCases.flatMap { kind in
            DatabaseStep.allCases.map { Case(kind: kind, step: $0) }
        }
    }

    @Test(arguments: Case.all) func anAppendIsThereAsAWholeOrNotAtAll(crash: Case) async throws {
        let base = try TestDatabase(crash.kind)
        try base.store("SELECT i AS n FROM range(4) AS t(i)", run: 1)
        await kill(crash, base, mode: "append")
        let isCommitted = crash.step == .committed
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == [isCommitted ? "6" : "4"])
        let known = try DataOutputManager(engine: RealStore.engine, writers: 1, parts: TestDatabase.parts)
            .stored(as: base.dataset(), by: RealStore.commit(2))
        #expect(known?.record.rows == (isCommitted ? 2 : nil))
        // The same commit again, as a resumed run does it.
        #expect(try base.store("SELECT i AS n FROM range(7, 9) AS t(i)", run: 2).rows == 2)
        #expect(try base.ask("SELECT sum(n), count(*) FROM \(base.prefix)t") == ["21|6"])
    }

    @Test(arguments: Case.all) func anOverwriteLeavesTheOldRowsOrTheNewOnes(crash: Case) async throws {
        let base = try TestDatabase(crash.kind)
        let output = base.dataset(mode: .overwrite)
        try base.store("SELECT 1 :: BIGINT AS n, 'old' AS gone", as: output, run: 1)
        await kill(crash, base, mode: "overwrite")
        let now = try base.rows()
        #expect(now == (crash.step == .committed ? ["{'n': 7}", "{'n': 8}"] : ["{'n': 1, 'gone': old}"]))
        try base.store("SELECT i AS n FROM range(7, 9) AS t(i)", as: output, run: 2)
        #expect(try base.rows() == ["{'n': 7}", "{'n': 8}"])
    }

    /// Stores 7 and 8 in a process of its own, which is killed at a step.
    private func kill(_ crash: Case, _ base: TestDatabase, mode: String) async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                kind = crash.kind.rawValue as String, step = crash.step.rawValue as String, uri = base.uri as String,
                prefix = base.prefix as String, mode = mode as String
            ] in
            let base = try TestDatabase(.init(rawValue: kind) ?? .sqlite, uri: uri, prefix: prefix)
            let driver = DatabaseDriver(engine: RealStore.engine, parts: TestDatabase.parts) { reached in
                if reached.rawValue == step { Glibc.kill(getpid(), SIGKILL) }
            }
            let statement = SQLStatement(text: "SELECT i AS n FROM range(7, 9) AS t(i)", tables: [])
            _ = try driver.store(
                RealStore.engine.run(statement, cancellation: CancellationToken()),
                as: base.dataset(mode: DatasetDefinition.WriteMode(rawValue: mode) ?? .error),
                commit: CommitIdentity(runID: RealStore.run(2), node: "n"),
                cancellation: CancellationToken()
            )
        }
    }
}
