/// What one layer of configuration says of further attempts; nil where it says nothing.
public struct RetrySettings: Sendable, Hashable {
    /// How many attempts may follow the first; 0 for none.
    public var maxRetries: Int?
    /// How long the second attempt waits, in seconds.
    public var delaySeconds: Double?
    /// What the wait is multiplied by for each further attempt; at least 1.
    public var backoffFactor: Double?
    /// No wait is longer, in seconds.
    public var maxDelaySeconds: Double?
    /// By how much of itself a wait varies by chance, 0 to 1.
    public var jitter: Double?
    /// What is worth another attempt.
    public var causes: Set<RetryPolicy.Cause>?
    /// Where it is written; nil for what was built in memory.
    public var location: SourceLocation?

    /// Creates a layer; without arguments one that says nothing.
    public init(
        maxRetries: Int? = nil,
        delaySeconds: Double? = nil,
        backoffFactor: Double? = nil,
        maxDelaySeconds: Double? = nil,
        jitter: Double? = nil,
        causes: Set<RetryPolicy.Cause>? = nil,
        location: SourceLocation? = nil
    ) {
        self.maxRetries = maxRetries
        self.delaySeconds = delaySeconds
        self.backoffFactor = backoffFactor
        self.maxDelaySeconds = maxDelaySeconds
        self.jitter = jitter
        self.causes = causes
        self.location = location
    }

    /// This layer, with each value that it leaves open taken from `other`.
    public func merged(over other: RetrySettings) -> RetrySettings {
        RetrySettings(
            maxRetries: maxRetries ?? other.maxRetries,
            delaySeconds: delaySeconds ?? other.delaySeconds,
            backoffFactor: backoffFactor ?? other.backoffFactor,
            maxDelaySeconds: maxDelaySeconds ?? other.maxDelaySeconds,
            jitter: jitter ?? other.jitter,
            causes: causes ?? other.causes,
            location: location ?? other.location
        )
    }

    /// The policy of these values, with the built-in ones for what is left open.
    package var policy: RetryPolicy {
        let builtIn = RetryPolicy()
        return RetryPolicy(
            maxRetries: maxRetries ?? builtIn.maxRetries,
            delaySeconds: min(delaySeconds ?? builtIn.delaySeconds, PlannedExecution.longestSeconds),
            backoffFactor: backoffFactor ?? builtIn.backoffFactor,
            maxDelaySeconds: min(maxDelaySeconds ?? builtIn.maxDelaySeconds, PlannedExecution.longestSeconds),
            jitter: jitter ?? builtIn.jitter,
            causes: causes ?? builtIn.causes
        )
    }
}
