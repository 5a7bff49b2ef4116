import TauroModel
import Testing

@testable import TauroExecution

@Suite struct BreakerTests {
    private let policy = BreakerPolicy(failureThreshold: 3, cooldownSeconds: 10, halfOpenMaxCalls: 1)
    private static let second: Int64 = 1_000_000_000

    private func opened(_ policy: BreakerPolicy) -> CircuitBreaker {
        var breaker = CircuitBreaker(policy)
        for _ in 0..<policy.failureThreshold { breaker.fail(wasProbe: false, at: 0) }
        return breaker
    }

    @Test func opensAfterFailuresInARowAlone() {
        var breaker = CircuitBreaker(policy)
        breaker.fail(wasProbe: false, at: 0)
        breaker.fail(wasProbe: false, at: 0)
        breaker.succeed(wasProbe: false)
        breaker.fail(wasProbe: false, at: 0)
        breaker.fail(wasProbe: false, at: 0)
        #expect(breaker.state == .closed)
        breaker.fail(wasProbe: false, at: 0)
        #expect(breaker.state == .open)
        #expect(breaker.failures == 3)
    }

    @Test func letsNobodyThroughUntilItHasCooledDownAndThenOneProbe() {
        var breaker = opened(policy)
        #expect(breaker.answer(at: 9 * BreakerTests.second) == .notBefore(10 * BreakerTests.second))
        #expect(breaker.answer(at: 10 * BreakerTests.second) == .goAhead)
        let isProbe = breaker.enter(at: 10 * BreakerTests.second)
        #expect(isProbe)
        #expect(breaker.state == .halfOpen)
        #expect(breaker.answer(at: 11 * BreakerTests.second) == .afterProbes)
    }

    @Test func aProbeThatSucceedsClosesItAndOneThatFailsOpensItAgain() {
        var well = opened(policy)
        _ = well.enter(at: 10 * BreakerTests.second)
        well.succeed(wasProbe: true)
        #expect(well.state == .closed)
        #expect(well.failures == 0)
        var ill = opened(policy)
        _ = ill.enter(at: 10 * BreakerTests.second)
        ill.fail(wasProbe: true, at: 12 * BreakerTests.second)
        #expect(ill.answer(at: 21 * BreakerTests.second) == .notBefore(22 * BreakerTests.second))
    }

    @Test func asManyProbesMustSucceedAsMayGoThrough() {
        var breaker = opened(BreakerPolicy(failureThreshold: 1, cooldownSeconds: 0, halfOpenMaxCalls: 2))
        _ = breaker.enter(at: 1)
        #expect(breaker.answer(at: 1) == .goAhead)
        _ = breaker.enter(at: 1)
        #expect(breaker.answer(at: 1) == .afterProbes)
        breaker.succeed(wasProbe: true)
        #expect(breaker.state == .halfOpen)
        breaker.succeed(wasProbe: true)
        #expect(breaker.state == .closed)
    }

    @Test func whatBeganBeforeItOpenedSaysNothingAboutIt() {
        var breaker = opened(policy)
        breaker.succeed(wasProbe: false)
        #expect(breaker.state == .open)
        _ = breaker.enter(at: 10 * BreakerTests.second)
        breaker.fail(wasProbe: false, at: 11 * BreakerTests.second)
        #expect(breaker.state == .halfOpen)
    }

    @Test func aProbeThatEndsForAnotherReasonLetsTheNextOneThrough() {
        var breaker = opened(policy)
        _ = breaker.enter(at: 10 * BreakerTests.second)
        breaker.leave(wasProbe: true)
        #expect(breaker.state == .halfOpen)
        #expect(breaker.answer(at: 10 * BreakerTests.second) == .goAhead)
    }

    @Test func aNodePassesAllOfItsBreakersOrNone() {
        var board = BreakerBoard(
            ["a": BreakerPolicy(failureThreshold: 1), "b": BreakerPolicy(failureThreshold: 1)],
            needs: [0: ["a", "b"], 1: ["a"], 2: ["b"]]
        )
        var changes: [BreakerBoard.Change] = []
        #expect(board.enter(2, at: 0, &changes) == nil)
        board.end(2, .failure, at: 0, &changes)
        #expect(changes == [BreakerBoard.Change(resource: "b", state: .open, failures: 1)])
        #expect(board.enter(0, at: 1, &changes)?.resource == "b")
        #expect(board.enter(1, at: 1, &changes) == nil)
        #expect(board.enter(9, at: 1, &changes) == nil)
        #expect(board.worst == BreakerBoard.Change(resource: "b", state: .open, failures: 1))
    }

    /// Its node began before the breaker opened again.
    @Test(arguments: [BreakerBoard.Ending.success, .failure, .other])
    func aProbeOfAnEarlierTimeSaysNothing(ending: BreakerBoard.Ending) {
        let policy = BreakerPolicy(failureThreshold: 1, cooldownSeconds: 0, halfOpenMaxCalls: 2)
        var board = BreakerBoard(["db": policy], needs: Dictionary(uniqueKeysWithValues: (0...5).map { ($0, ["db"]) }))
        var changes: [BreakerBoard.Change] = []
        #expect(board.enter(0, at: 0, &changes) == nil)
        board.end(0, .failure, at: 0, &changes)
        #expect(board.enter(1, at: 1, &changes) == nil && board.enter(2, at: 1, &changes) == nil)
        board.end(1, .failure, at: 2, &changes)
        #expect(board.worst?.state == .open)
        #expect(board.enter(3, at: 3, &changes) == nil && board.enter(4, at: 3, &changes) == nil)
        board.end(2, ending, at: 4, &changes)
        #expect(board.worst?.state == .halfOpen)
        #expect(board.enter(5, at: 4, &changes) != nil)
        board.end(3, .success, at: 5, &changes)
        board.end(4, .success, at: 5, &changes)
        #expect(board.worst?.state == .closed)
    }
}
