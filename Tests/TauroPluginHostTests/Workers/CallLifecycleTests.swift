import Testing

@testable import TauroPluginHost

@Suite struct CallLifecycleTests {
    private var call = CallLifecycle(deadline: .seconds(10), grace: .seconds(5))

    @Test mutating func deadlineTellsFirstAndKillsAfterTheGrace() {
        #expect(call.nextMoment == .seconds(10))
        #expect(call.wake(now: .seconds(9)) == nil)
        #expect(call.wake(now: .seconds(10)) == .tellToStop)
        #expect(call.stopReason == .timedOut && !call.wasKilled)
        #expect(call.nextMoment == .seconds(15))
        #expect(call.wake(now: .seconds(14)) == nil)
        #expect(call.wake(now: .seconds(16)) == .kill)
        #expect(call.wasKilled && call.nextMoment == nil)
        #expect(call.wake(now: .seconds(20)) == nil)
    }

    @Test mutating func cancellationTellsOnceAndKeepsItsReason() {
        #expect(call.cancel(now: .seconds(1)) == .tellToStop)
        #expect(call.cancel(now: .seconds(2)) == nil)
        #expect(call.wake(now: .seconds(6)) == .kill)
        #expect(call.stopReason == .cancelled)
        #expect(call.cancel(now: .seconds(7)) == nil)
    }

    @Test mutating func cancellationAfterTheDeadlineChangesNothing() {
        #expect(call.wake(now: .seconds(10)) == .tellToStop)
        #expect(call.cancel(now: .seconds(11)) == nil)
        #expect(call.stopReason == .timedOut)
    }

    @Test func callWithoutTimeLimitWaitsForEvents() {
        var call = CallLifecycle(deadline: nil, grace: .seconds(5))
        #expect(call.nextMoment == nil)
        #expect(call.wake(now: .seconds(1_000_000)) == nil)
        #expect(call.stopReason == nil)
    }
}
