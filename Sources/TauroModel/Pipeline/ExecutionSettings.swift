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

    /// Creates a layer.
    public init(
        isolation: NodeIsolation? = nil,
        timeoutSeconds: Double? = nil,
        workerMemoryLimit: Int64? = nil,
        onFailure: FailurePolicy? = nil,
        checkpointLocation: String? = nil
    ) {
        self.isolation = isolation
        self.timeoutSeconds = timeoutSeconds
        self.workerMemoryLimit = workerMemoryLimit
        self.onFailure = onFailure
        self.checkpointLocation = checkpointLocation
    }

    /// This layer, with what it leaves open taken from `other`.
    public func merged(over other: ExecutionSettings) -> ExecutionSettings {
        ExecutionSettings(
            isolation: isolation ?? other.isolation,
            timeoutSeconds: timeoutSeconds ?? other.timeoutSeconds,
            workerMemoryLimit: workerMemoryLimit ?? other.workerMemoryLimit,
            onFailure: onFailure ?? other.onFailure,
            checkpointLocation: checkpointLocation ?? other.checkpointLocation
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
