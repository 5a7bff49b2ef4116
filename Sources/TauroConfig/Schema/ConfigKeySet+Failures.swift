import TauroBasics
import TauroModel

extension ConfigKeySet {
    /// The keys of `retry`.
    package static let retry = ConfigKeySet(
        "`retry`",
        [
            ConfigKey(
                "max_retries",
                .wholeNumber(atLeast: 0, atMost: 1000),
                default: .integer(Int64(builtInRetry.maxRetries)),
                "How many attempts may follow the first one."
            ),
            ConfigKey(
                "delay_seconds",
                .number(atLeast: 0),
                default: .double(builtInRetry.delaySeconds),
                "How long to wait before the second attempt."
            ),
            ConfigKey(
                "backoff_factor",
                .number(atLeast: 1),
                default: .double(builtInRetry.backoffFactor),
                "What the wait is multiplied by for each further attempt."
            ),
            ConfigKey(
                "max_delay_seconds",
                .number(atLeast: 0),
                default: .double(builtInRetry.maxDelaySeconds),
                "The longest wait."
            ),
            ConfigKey(
                "jitter",
                .share,
                default: .double(builtInRetry.jitter),
                "By how much of itself a wait is made longer or shorter by chance, so that nodes that failed together do not come "
                    + "back together; true for the built-in value, false for 0."
            ),
            ConfigKey(
                "on",
                .either([.word(causes), .listOf(.word(causes))]),
                default: .array(causes.filter { builtInRetry.causes.map(\.rawValue).contains($0) }.map { .string($0) }),
                "Which failures are worth another attempt: one that the function calls transient, one of reading or storing, a "
                    + "time-out, or the end of the worker process."
            ),
        ]
    )

    /// The keys of `circuit_breaker`.
    package static let circuitBreaker = ConfigKeySet(
        "`circuit_breaker`",
        [
            ConfigKey(
                "failure_threshold",
                .wholeNumber(atLeast: 1),
                default: .integer(Int64(builtInBreaker.failureThreshold)),
                "After how many failures in a row it opens."
            ),
            ConfigKey(
                "cooldown_seconds",
                .number(atLeast: 0),
                default: .double(builtInBreaker.cooldownSeconds),
                "How long it stays open before a node is tried again."
            ),
            ConfigKey(
                "half_open_max_calls",
                .wholeNumber(atLeast: 1),
                default: .integer(Int64(builtInBreaker.halfOpenMaxCalls)),
                "How many nodes are then tried at once, all of which must succeed to close it."
            ),
        ]
    )

    private static let causes = RetryPolicy.Cause.allCases.map(\.rawValue)
    private static let builtInRetry = RetryPolicy()
    private static let builtInBreaker = BreakerPolicy()
}
