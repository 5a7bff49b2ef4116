/// How a node is executed, as one layer of configuration says it; nil where the layer says nothing.
///
/// A node's own layer wins over its pipeline's, that over the global settings'.
public struct ExecutionSettings: Sendable, Hashable {
    /// Where the function is called.
    public var isolation: NodeIsolation?
    /// How long one attempt may take, in seconds, above 0.
    public var timeoutSeconds: Double?
    /// How much memory of its own a worker process may take, in bytes.
    public var workerMemoryLimit: Int64?
    /// What happens to the run when the node fails.
    public var onFailure: FailurePolicy?
    /// Where the query of a streaming node keeps its progress.
    public var checkpointLocation: String?
    /// Whether and when it is tried again.
    public var retry: RetrySettings
    /// Among nodes that are ready those of a higher one start first.
    public var priority: Int?
    /// The pool it counts against, one of the global settings' `pools`.
    public var pool: Located<String>?
    /// How many bytes of memory it needs while it runs; at least 1.
    public var memory: Located<Int64>?
    /// What it depends on that can be out of order, by name.
    public var resources: [Located<String>]?
    /// How the circuit breakers of its resources behave; on a pipeline also that of the pipeline itself.
    public var breaker: BreakerSettings

    /// Creates a layer.
    public init(
        isolation: NodeIsolation? = nil,
        timeoutSeconds: Double? = nil,
        workerMemoryLimit: Int64? = nil,
        onFailure: FailurePolicy? = nil,
        checkpointLocation: String? = nil,
        retry: RetrySettings = RetrySettings(),
        priority: Int? = nil,
        pool: Located<String>? = nil,
        memory: Located<Int64>? = nil,
        resources: [Located<String>]? = nil,
        breaker: BreakerSettings = BreakerSettings()
    ) {
        self.isolation = isolation
        self.timeoutSeconds = timeoutSeconds
        self.workerMemoryLimit = workerMemoryLimit
        self.onFailure = onFailure
        self.checkpointLocation = checkpointLocation
        self.retry = retry
        self.priority = priority
        self.pool = pool
        self.memory = memory
        self.resources = resources
        self.breaker = breaker
    }

    /// This layer, with what it leaves open taken from `other`.
    public func merged(over other: ExecutionSettings) -> ExecutionSettings {
        ExecutionSettings(
            isolation: isolation ?? other.isolation,
            timeoutSeconds: timeoutSeconds ?? other.timeoutSeconds,
            workerMemoryLimit: workerMemoryLimit ?? other.workerMemoryLimit,
            onFailure: onFailure ?? other.onFailure,
            checkpointLocation: checkpointLocation ?? other.checkpointLocation,
            retry: retry.merged(over: other.retry),
            priority: priority ?? other.priority,
            pool: pool ?? other.pool,
            memory: memory ?? other.memory,
            resources: resources ?? other.resources,
            breaker: breaker.merged(over: other.breaker)
        )
    }
}

/// Where a node's function is called.
public enum NodeIsolation: String, Sendable, CaseIterable {
    /// In the host's process: fastest; a function that crashes takes the host with it.
    case inProcess = "in_process"
    /// In a worker process of the plugin, which can crash, hang or leak without harming the run.
    case process
}

/// What happens to a run when a node fails.
public enum FailurePolicy: String, Sendable, CaseIterable {
    /// No further node starts.
    case stop
    /// Nodes that depend on the failed one do not run; all others do.
    case skipDependents = "skip_dependents"
}
