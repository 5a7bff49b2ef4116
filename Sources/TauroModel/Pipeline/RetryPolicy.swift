/// How often, and how far apart, a node is tried again after a failure that may pass.
public struct RetryPolicy: Sendable, Hashable {
    /// A kind of failure that another attempt may not meet again.
    public enum Cause: String, Sendable, CaseIterable {
        /// The function said `TAURO_E_TRANSIENT`.
        case transient
        /// Something could not be read or written.
        case io
        /// The attempt took longer than it may.
        case timeout
        /// The worker process died in the call.
        case crash
    }

    /// How many attempts may follow the first; 0 for none.
    public var maxRetries: Int
    /// How long the second attempt waits after the first failed, in seconds.
    public var delaySeconds: Double
    /// What the wait is multiplied by for each further attempt; at least 1.
    public var backoffFactor: Double
    /// No wait is longer, in seconds.
    public var maxDelaySeconds: Double
    /// By how much of itself a wait is made longer or shorter by chance, 0 to 1, so that nodes that failed together do not
    /// come back together.
    public var jitter: Double
    /// What is worth another attempt.
    public var causes: Set<Cause>

    /// Creates a policy; without arguments the built-in one.
    public init(
        maxRetries: Int = 3,
        delaySeconds: Double = 1,
        backoffFactor: Double = 2,
        maxDelaySeconds: Double = 60,
        jitter: Double = 0.1,
        causes: Set<Cause> = [.transient]
    ) {
        self.maxRetries = maxRetries
        self.delaySeconds = delaySeconds
        self.backoffFactor = backoffFactor
        self.maxDelaySeconds = maxDelaySeconds
        self.jitter = jitter
        self.causes = causes
    }

    /// What is worth another attempt, in the order of `Cause`.
    package var causesInOrder: [Cause] { Cause.allCases.filter(causes.contains) }

    /// How long to wait after the attempt of that number failed, in seconds: `delay · factor^(attempt − 1)`, at most the
    /// longest wait, times `1 + jitter · chance`.
    ///
    /// `chance` is −1 to 1.
    public func delay(afterAttempt attempt: Int, chance: Double) -> Double {
        // However large the power has grown, there is nothing to multiply.
        if delaySeconds == 0 { return 0 }
        let plain = delaySeconds * power(backoffFactor, attempt - 1)
        return max(0, min(plain, maxDelaySeconds) * (1 + jitter * chance))
    }

    /// `base` to a whole power, no more than the longest wait needs.
    private func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<max(0, exponent) {
            result *= base
            if delaySeconds * result >= maxDelaySeconds { break }
        }
        return result
    }
}
