import TauroModel
import Testing

@testable import TauroExecution

/// What follows from failures, and from time.
@Suite struct RunMachineTests {
    private static let second: Int64 = 1_000_000_000

    /// Nodes that wait for nothing.
    private func machine(
        _ count: Int,
        workers: Int = 4,
        retry: RetryPolicy = RetryPolicy(maxRetries: 2, delaySeconds: 1, backoffFactor: 2, jitter: 0),
        timeouts: [Int: Int64] = [:],
        breakers: [String: BreakerPolicy] = [:],
        resources: [Int: [String]] = [:],
        onFailure: FailurePolicy = .skipDependents
    ) -> RunMachine {
        let none = [[Int]](repeating: [], count: count)
        let nodes = none.map { _ in ScheduleGraph.Node(onFailure: onFailure) }
        let graph = ScheduleGraph(nodes: nodes, readers: none, followers: none)
        let rules = RecoveryRules(
            retries: [retry],
            timeouts: timeouts,
            grace: RunMachineTests.second,
            breakers: breakers,
            resources: resources
        )
        return RunMachine(scheduler: Scheduler(graph: graph, maxWorkers: workers), rules: rules)
    }

    @Test func aTransientFailureIsTriedAgainLaterAndLater() {
        var machine = machine(1)
        #expect(machine.handle(.start, at: 0) == [.run(0, attempt: 1)])
        #expect(
            machine.handle(.failed(0, .transient), at: 5) == [.retry(0, attempt: 1, at: 5 + RunMachineTests.second)]
        )
        #expect(machine.nextMoment == 5 + RunMachineTests.second)
        #expect(machine.handle(.tick, at: 5) == [])
        #expect(machine.handle(.tick, at: 5 + RunMachineTests.second) == [.run(0, attempt: 2)])
        let later = 10 * RunMachineTests.second
        #expect(
            machine.handle(.failed(0, .transient), at: later)
                == [.retry(0, attempt: 2, at: later + 2 * RunMachineTests.second)]
        )
        #expect(machine.handle(.tick, at: 2 * later) == [.run(0, attempt: 3)])
        #expect(machine.handle(.failed(0, .transient), at: 2 * later) == [.fail(0, attempt: 3), .finish])
    }

    @Test(arguments: FailureKind.allCases) func onlyWhatThePolicyNamesIsTriedAgain(_ kind: FailureKind) {
        var machine = machine(1, retry: RetryPolicy(causes: [.transient, .crash]))
        _ = machine.handle(.start, at: 0)
        let actions = machine.handle(.failed(0, kind), at: 0)
        let isRetried = if case .retry = actions.first { true } else { false }
        #expect(isRetried == (kind == .transient || kind == .crash))
    }

    @Test func jitterIsDrawnWithinItsBounds() {
        let policy = RetryPolicy(delaySeconds: 10, jitter: 0.5)
        for chance in [-1.0, -0.3, 0, 0.9, 1] {
            let delay = policy.delay(afterAttempt: 1, chance: chance)
            #expect(delay >= 5 && delay <= 15)
        }
        var chance = Chance(seed: 3)
        let drawn = (0..<1000).map { _ in chance.next() }
        #expect(drawn.allSatisfy { $0 >= -1 && $0 <= 1 })
        #expect((drawn.min() ?? 0) < -0.9 && (drawn.max() ?? 0) > 0.9)
    }

    @Test func noWaitIsLongerThanTheLongestEvenAfterManyAttempts() {
        let policy = RetryPolicy(delaySeconds: 1, backoffFactor: 10, maxDelaySeconds: 60, jitter: 0)
        #expect(policy.delay(afterAttempt: 1, chance: 0) == 1)
        #expect(policy.delay(afterAttempt: 2, chance: 0) == 10)
        #expect(policy.delay(afterAttempt: 100_000, chance: 0) == 60)
    }

    @Test func aStoreIsTriedAgainWithoutTheFunction() {
        var machine = machine(1, retry: RetryPolicy(maxRetries: 1, delaySeconds: 0, jitter: 0, causes: [.io]))
        _ = machine.handle(.start, at: 0)
        #expect(machine.handle(.computed(0), at: 1) == [.store(0, attempt: 1)])
        #expect(machine.handle(.failed(0, .io), at: 2) == [.retry(0, attempt: 1, at: 2)])
        #expect(machine.handle(.tick, at: 2) == [.store(0, attempt: 2)])
        #expect(machine.handle(.completed(0), at: 3) == [.finish])
    }

    @Test func nothingIsTriedAgainInARunThatEnds() {
        var machine = machine(2)
        _ = machine.handle(.start, at: 0)
        #expect(machine.handle(.failed(0, .transient), at: 0) == [.retry(0, attempt: 1, at: RunMachineTests.second)])
        #expect(machine.handle(.stop, at: 1) == [.cancel(0, .scheduler(.stopped))])
        #expect(machine.handle(.failed(1, .transient), at: 2) == [.fail(1, attempt: 1), .finish])
    }

    @Test func anAttemptIsToldWhenItsTimeIsOverAndThenAbandoned() {
        var machine = machine(1, timeouts: [0: 5])
        _ = machine.handle(.start, at: 0)
        // Until it begins, its time does not.
        #expect(machine.nextMoment == nil)
        #expect(machine.waitsForBegin(0))
        #expect(machine.handle(.begun(0), at: 10) == [])
        #expect(machine.nextMoment == 15 && !machine.waitsForBegin(0))
        #expect(machine.handle(.tick, at: 15) == [.expire(0, attempt: 1)])
        let moment = 15 + RunMachineTests.second
        #expect(machine.handle(.tick, at: moment) == [.abandon(0, attempt: 1), .fail(0, attempt: 1), .finish])
    }

    @Test func anAttemptThatStopsInTimeIsNotAbandoned() {
        var machine = machine(1, timeouts: [0: 5])
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.begun(0), at: 0)
        _ = machine.handle(.tick, at: 5)
        #expect(machine.handle(.failed(0, .timeout), at: 6) == [.fail(0, attempt: 1), .finish])
        #expect(machine.handle(.tick, at: 10 * RunMachineTests.second) == [])
    }

    @Test func whatIsBeingStoredIsToldButNeverAbandoned() {
        var machine = machine(1, timeouts: [0: 5])
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.begun(0), at: 0)
        _ = machine.handle(.computed(0), at: 1)
        #expect(machine.nextMoment == 5 && machine.handle(.tick, at: 5) == [])
        _ = machine.handle(.begun(0), at: 6)
        #expect(machine.handle(.tick, at: 10) == [.expire(0, attempt: 1)])
        #expect(machine.handle(.tick, at: 10 * RunMachineTests.second) == [])
        #expect(machine.handle(.completed(0), at: 11 * RunMachineTests.second) == [.finish])
    }

    /// Two nodes, of which the second reads what the first returns, and others that wait for nothing.
    private func reader(
        others: Int = 0,
        retry: RetryPolicy = RetryPolicy(maxRetries: 0),
        timeouts: [Int: Int64] = [:],
        breakers: [String: BreakerPolicy] = [:],
        resources: [Int: [String]] = [:]
    ) -> RunMachine {
        let none = [[Int]](repeating: [], count: 2 + others)
        let nodes = none.map { _ in ScheduleGraph.Node(onFailure: .skipDependents) }
        let graph = ScheduleGraph(nodes: nodes, readers: [[1]] + none.dropFirst(), followers: none)
        let rules = RecoveryRules(retries: [retry], timeouts: timeouts, breakers: breakers, resources: resources)
        return RunMachine(scheduler: Scheduler(graph: graph, maxWorkers: 4), rules: rules)
    }

    @Test func waitingUntilOthersAreStoredCostsNoTime() {
        var machine = reader(timeouts: [1: 10])
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.computed(0), at: 0)
        _ = machine.handle(.begun(1), at: 0)
        #expect(machine.handle(.computed(1), at: 4) == [])
        #expect(machine.handle(.tick, at: 100) == [])
        #expect(machine.handle(.completed(0), at: 90) == [.store(1, attempt: 1)])
        _ = machine.handle(.begun(1), at: 100)
        #expect(machine.nextMoment == 106)
        #expect(machine.handle(.tick, at: 106) == [.expire(1, attempt: 1)])
    }

    @Test func aStopWhileAResultRestsAlsoEndsWhoHasReadIt() {
        var machine = reader(retry: RetryPolicy(maxRetries: 1, causes: [.io]))
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.computed(0), at: 0)
        _ = machine.handle(.computed(1), at: 0)
        _ = machine.handle(.failed(0, .io), at: 0)
        #expect(
            machine.handle(.stop, at: 0) == [
                .cancel(0, .scheduler(.stopped)), .cancel(1, .scheduler(.unstored(0))), .finish,
            ]
        )
    }

    @Test func aProbeWhoseResultCanNotBeStoredLetsTheNextOneThrough() {
        var machine = reader(
            others: 1,
            retry: RetryPolicy(maxRetries: 1, delaySeconds: 5e-9, jitter: 0, causes: [.io]),
            breakers: ["db": BreakerPolicy(failureThreshold: 1, cooldownSeconds: 0)],
            resources: [1: ["db"], 2: ["db"]]
        )
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.failed(2, .io), at: 0)
        #expect(machine.handle(.computed(0), at: 1).contains(.run(1, attempt: 1)))
        // It waits for the probe.
        #expect(machine.handle(.tick, at: 5) == [])
        _ = machine.handle(.failed(0, .lasting), at: 6)
        #expect(machine.handle(.computed(1), at: 7) == [.cancel(1, .scheduler(.unstored(0)))])
        #expect(machine.handle(.tick, at: 7) == [.run(2, attempt: 2)])
    }

    @Test func aProbeThatWaitsUntilOthersAreStoredLetsThemThrough() {
        var machine = reader(
            retry: RetryPolicy(maxRetries: 1, delaySeconds: 1e-9, jitter: 0, causes: [.io]),
            breakers: ["db": BreakerPolicy(failureThreshold: 1, cooldownSeconds: 0)],
            resources: [0: ["db"], 1: ["db"]]
        )
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.computed(0), at: 0)
        _ = machine.handle(.failed(1, .io), at: 1)
        #expect(machine.handle(.tick, at: 2).contains(.run(1, attempt: 2)))
        _ = machine.handle(.failed(0, .io), at: 2)
        // The probe is under way.
        #expect(machine.handle(.tick, at: 3) == [])
        #expect(machine.handle(.computed(1), at: 4) == [])
        #expect(machine.handle(.tick, at: 4) == [.store(0, attempt: 2)])
    }

    @Test func anOpenBreakerHoldsBackWhatHasNotStarted() throws {
        let policy = BreakerPolicy(failureThreshold: 2, cooldownSeconds: 30)
        var machine = machine(
            4,
            workers: 1,
            retry: RetryPolicy(maxRetries: 0),
            breakers: ["db": policy],
            resources: [0: ["db"], 1: ["db"], 2: ["db"]]
        )
        #expect(machine.handle(.start, at: 0) == [.run(0, attempt: 1)])
        _ = machine.handle(.failed(0, .io), at: 1)
        let actions = machine.handle(.failed(1, .transient), at: 2)
        let refusal = BreakerBoard.Refusal(resource: "db", failures: 2, notBefore: 2 + 30 * RunMachineTests.second)
        #expect(
            actions == [
                .breaker(BreakerBoard.Change(resource: "db", state: .open, failures: 2)), .fail(1, attempt: 1),
                .cancel(2, .breaker(refusal)), .run(3, attempt: 1),
            ]
        )
        #expect(machine.worstBreaker?.state == .open)
    }

    @Test(arguments: [FailureKind.lasting, .crash, .cancelled]) func whatIsNoFaultOfAResourceNeverOpensIt(
        _ kind: FailureKind
    ) {
        var machine = machine(
            9,
            retry: RetryPolicy(maxRetries: 0),
            breakers: ["db": BreakerPolicy(failureThreshold: 1)],
            resources: Dictionary(uniqueKeysWithValues: (0..<9).map { ($0, ["db"]) })
        )
        _ = machine.handle(.start, at: 0)
        for node in 0..<9 { _ = machine.handle(.failed(node, kind), at: 0) }
        #expect(machine.worstBreaker?.state == .closed)
    }

    @Test func aRetryWaitsUntilItsBreakerHasCooledDownAndIsItsProbe() {
        var machine = machine(
            2,
            workers: 1,
            breakers: ["db": BreakerPolicy(failureThreshold: 1, cooldownSeconds: 60)],
            resources: [0: ["db"]]
        )
        _ = machine.handle(.start, at: 0)
        _ = machine.handle(.failed(0, .transient), at: 0)
        _ = machine.handle(.computed(1), at: 0)
        _ = machine.handle(.completed(1), at: 0)
        #expect(machine.handle(.tick, at: 2 * RunMachineTests.second).isEmpty)
        #expect(machine.nextMoment == 60 * RunMachineTests.second)
        #expect(
            machine.handle(.tick, at: 60 * RunMachineTests.second) == [
                .breaker(BreakerBoard.Change(resource: "db", state: .halfOpen, failures: 1)), .run(0, attempt: 2),
            ]
        )
        _ = machine.handle(.computed(0), at: 61 * RunMachineTests.second)
        #expect(
            machine.handle(.completed(0), at: 61 * RunMachineTests.second) == [
                .breaker(BreakerBoard.Change(resource: "db", state: .closed, failures: 0)), .finish,
            ]
        )
    }
}

extension RunMachine {
    /// What to do about an event.
    mutating func handle(_ event: Event, at now: Int64) -> [Action] {
        var actions: [Action] = []
        handle(event, at: now, into: &actions)
        return actions
    }
}
