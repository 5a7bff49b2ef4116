import TauroModel
import Testing

@Suite struct RetryDelayTests {
    @Test(arguments: [(1, 1.0), (2, 2.0), (3, 4.0), (7, 60.0), (1000, 60.0)])
    func waitsGrowUpToTheLongest(attempt: Int, seconds: Double) {
        #expect(RetryPolicy().delay(afterAttempt: attempt, chance: 0) == seconds)
    }

    @Test func chanceMakesAWaitLongerOrShorterByItsShare() {
        let policy = RetryPolicy(delaySeconds: 10, jitter: 0.5)
        #expect(policy.delay(afterAttempt: 1, chance: 1) == 15)
        #expect(policy.delay(afterAttempt: 1, chance: -1) == 5)
    }

    @Test(arguments: [1, 650, 1000]) func noDelayStaysNoneHoweverOften(attempt: Int) {
        let policy = RetryPolicy(maxRetries: 1000, delaySeconds: 0, backoffFactor: 3)
        #expect(policy.delay(afterAttempt: attempt, chance: 1) == 0)
    }

    @Test func aLongestWaitOfNoneIsNone() {
        #expect(RetryPolicy(maxDelaySeconds: 0).delay(afterAttempt: 5, chance: 1) == 0)
    }
}
