/// What one layer of configuration says of circuit breakers; nil where it says nothing.
public struct BreakerSettings: Sendable, Hashable {
    /// Whether there is a breaker at all.
    public var isOn: Bool?
    /// After how many failures in a row it opens; at least 1.
    public var failureThreshold: Int?
    /// How long it stays open before it lets a probe through, in seconds.
    public var cooldownSeconds: Double?
    /// How many probes go through at once while it is half open; at least 1.
    public var halfOpenMaxCalls: Int?
    /// Where it is written; nil for what was built in memory.
    public var location: SourceLocation?

    /// Creates a layer; without arguments one that says nothing.
    public init(
        isOn: Bool? = nil,
        failureThreshold: Int? = nil,
        cooldownSeconds: Double? = nil,
        halfOpenMaxCalls: Int? = nil,
        location: SourceLocation? = nil
    ) {
        self.isOn = isOn
        self.failureThreshold = failureThreshold
        self.cooldownSeconds = cooldownSeconds
        self.halfOpenMaxCalls = halfOpenMaxCalls
        self.location = location
    }

    /// This layer, with each value that it leaves open taken from `other`.
    public func merged(over other: BreakerSettings) -> BreakerSettings {
        BreakerSettings(
            isOn: isOn ?? other.isOn,
            failureThreshold: failureThreshold ?? other.failureThreshold,
            cooldownSeconds: cooldownSeconds ?? other.cooldownSeconds,
            halfOpenMaxCalls: halfOpenMaxCalls ?? other.halfOpenMaxCalls,
            location: location ?? other.location
        )
    }

    /// The policy of these values, with the built-in ones for what is left open; nil where there is to be no breaker.
    package var policy: BreakerPolicy? {
        if isOn == false { return nil }
        let builtIn = BreakerPolicy()
        return BreakerPolicy(
            failureThreshold: failureThreshold ?? builtIn.failureThreshold,
            cooldownSeconds: min(cooldownSeconds ?? builtIn.cooldownSeconds, PlannedExecution.longestSeconds),
            halfOpenMaxCalls: halfOpenMaxCalls ?? builtIn.halfOpenMaxCalls
        )
    }
}
