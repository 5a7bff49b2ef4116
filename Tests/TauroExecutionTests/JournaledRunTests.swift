import Synchronization
import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// What a run writes down, and what it does when it can not.
@Suite struct JournaledRunTests {
    private let invoker = FakeNodeInvoker()
    private let datasets = FakeDatasets()

    private func chain() -> PipelineFixture {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: ["a"])
        fixture.node("use", outputs: ["b"], after: ["make"])
        return fixture
    }

    @Test func everythingIsWrittenDownInItsOrder() throws {
        let journal = RecordingJournal()
        var run = TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1)
        run.journal = journal
        #expect(try run.execute(chain()).status == .completed)
        #expect(
            journal.words == ["make started 1", "make completed", "use started 1", "use completed", "run completed"]
        )
    }

    @Test func aRetryIsWrittenDownAndCountedAndHoldsNoWorker() throws {
        var fixture = PipelineFixture()
        fixture.node("flaky", outputs: ["a"])
        fixture.node("other")
        let tries = Mutex(0)
        invoker.when("flaky") { _ in
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            if number == 1 { throw NodeFailure(.transient, "busy") }
            return .frame(.rows(1))
        }
        let journal = RecordingJournal()
        var run = TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1)
        run.journal = journal
        run.adjust = { execution, _ in
            var execution = execution
            execution.retry = RetryPolicy(delaySeconds: 0.01)
            return execution
        }
        let summary = try run.execute(fixture)
        #expect(summary.status == .completed)
        #expect(summary.nodes[0].attempts == 2)
        #expect(summary.nodes[0].error == nil)
        #expect(
            journal.words.filter { $0.hasPrefix("flaky") } == [
                "flaky started 1", "flaky retrying", "flaky started 2", "flaky completed",
            ]
        )
        #expect(invoker.mostAtOnce == 1)
    }

    @Test func aJournalThatCanNotBeWrittenStopsTheRun() throws {
        let journal = RecordingJournal(failsAfter: 1)
        var run = TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1)
        run.journal = journal
        #expect(throws: RecordingJournal.Full.self) { try run.execute(chain()) }
        #expect(run.cancellation.isCancelled)
        #expect(!invoker.calls.contains("use"))
    }

    @Test func aNodeThatDoesNotStopWhenItsTimeIsOverIsLeftBehind() throws {
        var fixture = PipelineFixture()
        fixture.node("hang", outputs: ["a"])
        fixture.node("other", outputs: ["b"])
        let isOver = Monitor(false)
        invoker.when("hang") { invocation in
            isOver.wait(until: { $0 })
            return .frame(.rows(1))
        }
        var run = TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1)
        run.adjust = { execution, name in
            guard name == "hang" else { return execution }
            var settings = ExecutionSettings()
            settings.timeoutSeconds = 0.01
            settings.onFailure = .skipDependents
            return PlannedExecution(settings)
        }
        let summary = try run.execute(fixture)
        isOver.withLockNotifyingAll { $0 = true }
        #expect(summary.status == .failed)
        #expect(summary.abandonedThreads == 1)
        #expect(summary.nodes[0].error is TimeoutError)
        #expect(summary.nodes[1].status == .completed)
        #expect(datasets.ids == ["b"])
    }

    @Test func aNodeThatStopsWhenItsTimeIsOverIsNot() throws {
        var fixture = PipelineFixture()
        fixture.node("slow", outputs: ["a"])
        invoker.when("slow") { invocation in
            let isStopped = Monitor(false)
            invocation.cancellation.withHandler {
                isStopped.withLockNotifyingAll { $0 = true }
            } _: {
                isStopped.wait(until: { $0 })
            }
            throw NodeFailure(.cancelled, "told to stop")
        }
        var run = TestRun(invoker: invoker, datasets: datasets)
        run.adjust = { _, _ in
            var settings = ExecutionSettings()
            settings.timeoutSeconds = 0.01
            return PlannedExecution(settings)
        }
        let summary = try run.execute(fixture)
        #expect(summary.abandonedThreads == 0)
        let error = try #require(summary.nodes[0].error as? TimeoutError)
        #expect(error.message == "Node 'slow', call test.slow: timed out after 0.01 s")
        #expect(!run.cancellation.isCancelled)
    }

    @Test func anOpenBreakerHoldsNodesBackWithTheReason() throws {
        var fixture = PipelineFixture()
        for name in ["a", "b", "c", "d"] { fixture.node(name) }
        for name in ["a", "b", "c"] { invoker.when(name) { _ in throw NodeFailure(.io, "no connection") } }
        var run = TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1)
        run.breakers = ["warehouse": BreakerPolicy(failureThreshold: 2, cooldownSeconds: 1000)]
        run.adjust = { execution, name in
            var settings = ExecutionSettings()
            settings.onFailure = .skipDependents
            var execution = PlannedExecution(settings)
            if name != "d" { execution.resources = ["warehouse"] }
            return execution
        }
        let summary = try run.execute(fixture)
        #expect(summary.nodes.map(\.status) == [.failed, .failed, .cancelled, .completed])
        #expect(
            summary.nodes[2].reason
                == "held back by the circuit breaker of warehouse, which is open after 2 failures in a row"
        )
        #expect(summary.circuitBreaker == BreakerSummary(resource: "warehouse", state: .open, failures: 2))
        #expect(summary.status == .failed)
    }

    @Test func whatIsRestoredDoesNotRunAndGivesItsResult() throws {
        let plan = try TestRun(datasets: datasets).plan(chain().context(), chain().functions())
        let completion = NodeCompletion(
            attempt: 2,
            at: Timestamp(millisecondsSinceEpoch: 5000),
            seconds: 1.5,
            rows: 7,
            metrics: ["m": 1]
        )
        let seen = Mutex<Int64?>(nil)
        invoker.when("use") { invocation in
            seen.withLock { $0 = invocation.inputs[0].rowCount }
            return .frame(.rows(1))
        }
        let journal = RecordingJournal()
        var run = TestRun(invoker: invoker, datasets: datasets)
        run.journal = journal
        run.resumption = Resumption(restored: [0: RestoredNode(completion: completion, result: .frame(.rows(7)))])
        let summary = try run.execute(plan)
        #expect(summary.status == .completed)
        #expect(invoker.calls == ["use"])
        #expect(seen.withLock { $0 } == 7)
        #expect(summary.nodes[0].reason == "restored from run-1")
        #expect(summary.nodes[0].attempts == 2)
        #expect(summary.nodes[0].startedAt == "1970-01-01T00:00:03.500Z")
        #expect(journal.words.first == "make restored")
    }

    @Test func aNewGenerationTakesThePlaceOfTheOldOne() throws {
        var run = TestRun(invoker: invoker, datasets: datasets)
        run.resumption = Resumption(generations: [0: 2])
        #expect(try run.execute(chain()).status == .completed)
        #expect(datasets.commits(of: "a").map(\.generation) == [2])
        #expect(datasets.commits(of: "b").map(\.generation) == [1])
    }
}

/// Keeps entries in memory, and is full after so many batches.
final class RecordingJournal: RunJournal {
    /// There is no room.
    struct Full: Error {}

    private let batches: Mutex<[[JournalEntry]]> = Mutex([])
    private let limit: Int

    init(failsAfter limit: Int = .max) { self.limit = limit }

    func append(_ entries: [JournalEntry]) throws {
        try batches.withLock { batches in
            if batches.count >= limit { throw Full() }
            batches.append(entries)
        }
    }

    /// The entries, in a few words.
    var words: [String] {
        batches.withLock { $0.flatMap(\.self) }.compactMap { entry in
            switch entry {
            case .nodeStarted(let node, let attempt, _, _): "\(node) started \(attempt)"
            case .nodeCompleted(let node, _): "\(node) completed"
            case .nodeRetrying(let node, _, _, _, _): "\(node) retrying"
            case .nodeRestored(let node, _): "\(node) restored"
            case .nodeFailed(let node, _, _, _): "\(node) failed"
            case .nodeCancelled(let node, let reason, _): "\(node) cancelled: \(reason)"
            case .runEnded(let ending): "run \(ending.status.rawValue)"
            case .nodeInvalidated(let node, _, _, _): "\(node) invalidated"
            case .hostBegan, .nodeComputed, .breakerChanged: nil
            }
        }
    }
}
