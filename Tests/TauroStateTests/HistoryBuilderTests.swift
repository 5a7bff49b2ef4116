import TauroModel
import TauroState
import Testing

/// What a journal's entries tell of a run.
@Suite struct HistoryBuilderTests {
    private let error = RunError(type: "NodeExecutionError", message: "no", operation: "run")

    private func history(_ entries: [JournalEntry], isHeld: Bool = false) throws -> RunHistory {
        let began = JournalEntry.hostBegan(RunFixture.host())
        return try #require(HistoryBuilder.history(of: RunFixture.record(), [began] + entries, isHeld: isHeld))
    }

    private func started(_ node: String, _ attempt: Int = 1, generation: Int = 1, at second: Int64) -> JournalEntry {
        .nodeStarted(node: node, attempt: attempt, generation: generation, at: RunFixture.moment(second))
    }

    private func completed(_ node: String, _ attempt: Int = 1, at second: Int64) -> JournalEntry {
        .nodeCompleted(node: node, NodeCompletion(attempt: attempt, at: RunFixture.moment(second), seconds: 1))
    }

    private func ended(_ status: RunSummary.Status, at second: Int64) -> JournalEntry {
        .runEnded(RunEnding(status: status, at: RunFixture.moment(second), seconds: 9, engineSeconds: 1))
    }

    private func attempt(
        _ number: Int,
        host: Int = 0,
        _ start: Int64,
        computed: Int64? = nil,
        _ end: Int64?,
        _ outcome: AttemptHistory.Outcome,
        _ error: RunError? = nil
    ) -> AttemptHistory {
        AttemptHistory(
            number: number,
            host: host,
            startedAt: RunFixture.moment(start),
            computedAt: computed.map(RunFixture.moment),
            endedAt: end.map(RunFixture.moment),
            outcome: outcome,
            error: error
        )
    }

    @Test func noHostNoHistory() {
        #expect(HistoryBuilder.history(of: RunFixture.record(), [], isHeld: true) == nil)
    }

    @Test func nodesWithoutEntriesArePending() throws {
        let history = try history([], isHeld: true)
        #expect(history.status == .running)
        #expect(history.nodes.map(\.name) == ["extract", "load"])
        #expect(history.nodes.allSatisfy { $0.status == .pending && $0.attempts.isEmpty && $0.generation == 0 })
        #expect(history.lastEntryAt == RunFixture.moment(0))
    }

    @Test func aRunThatCompletes() throws {
        let history = try history([
            started("extract", at: 1),
            .nodeComputed(node: "extract", rows: 3, copy: nil, at: RunFixture.moment(2)),
            completed("extract", at: 3), ended(.completed, at: 4),
        ])
        #expect(history.status == .completed)
        #expect(history.ending?.seconds == 9)
        #expect(history.lastEntryAt == RunFixture.moment(4))
        #expect(history.nodes[0].status == .completed)
        #expect(history.nodes[0].attempts == [attempt(1, 1, computed: 2, 3, .completed)])
        #expect(history.nodes[0].completion?.seconds == 1)
        #expect(history.nodes[0].generation == 1)
    }

    @Test func retriesAreAttemptsOfTheirOwn() throws {
        let retrying = JournalEntry.nodeRetrying(
            node: "extract",
            attempt: 1,
            error,
            nextAt: RunFixture.moment(5),
            at: RunFixture.moment(2)
        )
        let waiting = try history([started("extract", at: 1), retrying], isHeld: true)
        #expect(waiting.nodes[0].status == .retrying)
        let failed = try history([
            started("extract", at: 1), retrying, started("extract", 2, at: 5),
            .nodeFailed(node: "extract", attempt: 2, error, at: RunFixture.moment(6)),
            .nodeCancelled(node: "load", reason: "extract failed", at: RunFixture.moment(6)), ended(.failed, at: 7),
        ])
        #expect(failed.status == .failed)
        #expect(failed.nodes[0].status == .failed)
        #expect(failed.nodes[0].attempts == [attempt(1, 1, 2, .failed, error), attempt(2, 5, 6, .failed, error)])
        #expect(failed.nodes[0].error == error)
        #expect(failed.nodes[1].status == .cancelled)
        #expect(failed.nodes[1].reason == "extract failed")
    }

    @Test func aDeadHostLosesWhatWasUnderWay() throws {
        let entries = [completed("load", at: 1), started("extract", at: 1)]
        let dead = try history(entries)
        #expect(dead.status == .dead)
        #expect(dead.nodes[0].status == .pending)
        #expect(dead.nodes[0].attempts == [attempt(1, 1, nil, .lost)])
        #expect(dead.nodes[1].status == .completed)
        let living = try history(entries, isHeld: true)
        #expect(living.nodes[0].status == .running)
        #expect(living.nodes[0].attempts == [attempt(1, 1, nil, .running)])
    }

    @Test func aLaterHostRestoresAndDoesTheRest() throws {
        let second = RunFixture.host(42, at: 10)
        let history = try history([
            started("extract", at: 1), completed("extract", at: 2), started("load", at: 3), ended(.failed, at: 4),
            .hostBegan(second), .nodeRestored(node: "extract", at: RunFixture.moment(11)),
            started("load", at: 12), completed("load", at: 13), ended(.completed, at: 14),
        ])
        #expect(history.status == .completed)
        #expect(history.hosts == [RunFixture.host(), second])
        #expect(history.nodes[0].isRestored)
        #expect(history.nodes[0].completion?.at == RunFixture.moment(2))
        #expect(history.nodes[1].attempts == [attempt(1, 3, nil, .lost), attempt(1, host: 1, 12, 13, .completed)])
        #expect(!history.nodes[1].isRestored)
    }

    @Test func whatALaterHostDidNotComeToIsOpenAgain() throws {
        let history = try history([
            .nodeFailed(node: "extract", attempt: 1, error, at: RunFixture.moment(1)),
            .nodeCancelled(node: "load", reason: "extract failed", at: RunFixture.moment(2)), ended(.failed, at: 3),
            .hostBegan(RunFixture.host(42, at: 10)),
        ])
        #expect(history.status == .dead)
        #expect(history.ending == nil)
        #expect(history.nodes.map(\.status) == [.pending, .pending])
        #expect(history.nodes.map(\.reason) == [nil, nil])
    }

    @Test func whatADeadHostLostIsNotUnderWayWithTheNext() throws {
        let entries = [started("extract", at: 1), .hostBegan(RunFixture.host(42, at: 10))]
        let history = try history(entries, isHeld: true)
        #expect(history.status == .running)
        #expect(history.nodes[0].status == .pending)
        #expect(history.nodes[0].attempts == [attempt(1, 1, nil, .lost)])
    }

    @Test func aResultMadeAnewIsNotTheOldOne() throws {
        let history = try history([
            started("extract", at: 1), completed("extract", at: 2), .hostBegan(RunFixture.host(42, at: 10)),
            started("extract", generation: 2, at: 11),
        ])
        #expect(history.nodes[0].completion == nil)
        #expect(history.nodes[0].generation == 2)
        #expect(history.nodes[0].attempts.map(\.outcome) == [.completed, .lost])
    }

    @Test func whatStopsInTheMiddleIsCancelled() throws {
        let history = try history([
            started("extract", at: 1), .nodeCancelled(node: "extract", reason: "Ctrl-C", at: RunFixture.moment(2)),
            started("load", at: 1), ended(.cancelled, at: 3),
        ])
        #expect(history.status == .cancelled)
        #expect(history.nodes[0].attempts == [attempt(1, 1, 2, .cancelled)])
        #expect(history.nodes[1].attempts == [attempt(1, 1, nil, .cancelled)])
        #expect(history.nodes[1].status == .pending)
    }

    @Test func breakersAreListed() throws {
        let history = try history([
            .breakerChanged(resource: "warehouse", state: .open, failures: 5, at: RunFixture.moment(1)),
            .breakerChanged(resource: "warehouse", state: .halfOpen, failures: 5, at: RunFixture.moment(2)),
        ])
        #expect(history.breakers.map(\.state) == [.open, .halfOpen])
        #expect(
            history.breakers[0]
                == BreakerChange(resource: "warehouse", state: .open, failures: 5, at: RunFixture.moment(1))
        )
    }

    @Test func whatThePlanDoesNotKnowIsPassedOver() throws {
        let history = try history([started("gone", at: 1), completed("extract", at: 2)])
        #expect(history.nodes.map(\.name) == ["extract", "load"])
        // Nothing told of its start.
        #expect(history.nodes[0].attempts == [attempt(1, 2, 2, .completed)])
    }
}
