/// When the circuit breaker of a resource opens, and how it closes again.
///
/// Source: M. Nygard, "Release It!", the pattern "Circuit Breaker".
public struct BreakerPolicy: Sendable, Hashable {
    /// After how many failures in a row it opens; at least 1.
    public var failureThreshold: Int
    /// How long it stays open before it lets a probe through, in seconds.
    public var cooldownSeconds: Double
    /// How many probes go through at once while it is half open, all of which must succeed to close it.
    public var halfOpenMaxCalls: Int

    /// Creates a policy; without arguments the built-in one.
    public init(failureThreshold: Int = 3, cooldownSeconds: Double = 60, halfOpenMaxCalls: Int = 1) {
        self.failureThreshold = failureThreshold
        self.cooldownSeconds = cooldownSeconds
        self.halfOpenMaxCalls = halfOpenMaxCalls
    }
}
