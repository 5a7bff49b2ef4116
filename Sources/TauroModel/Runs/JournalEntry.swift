package import TauroBasics

/// One thing that a run's journal remembers.
///
/// Nodes are named, so that a journal can be understood beside a plan that has changed since.
package enum JournalEntry: Sendable, Hashable {
    /// A host took the run: it began it or resumes it.
    case hostBegan(RunHost)
    /// An attempt is about to begin. `generation` counts how often the node's result was made anew after one of this run was
    /// completed and not trusted: 1 for the first.
    case nodeStarted(node: String, attempt: Int, generation: Int, at: Timestamp)
    /// The function returned and what it returned keeps what it promises; nothing of it is stored yet. `copy` is a copy of
    /// the result in the run's directory, where one was kept.
    case nodeComputed(node: String, rows: Int64?, copy: FileSeal?, at: Timestamp)
    /// The node's outputs are stored.
    case nodeCompleted(node: String, NodeCompletion)
    /// The node's completion in an earlier host's hands does not hold any more, for a reason: its result is made anew, as that
    /// generation.
    case nodeInvalidated(node: String, generation: Int, reason: String, at: Timestamp)
    /// The node's completion in an earlier host's hands holds; it does not run again.
    case nodeRestored(node: String, at: Timestamp)
    /// An attempt failed and there will be another.
    case nodeRetrying(node: String, attempt: Int, RunError, nextAt: Timestamp, at: Timestamp)
    /// The last attempt failed.
    case nodeFailed(node: String, attempt: Int, RunError, at: Timestamp)
    /// The node was stopped, or never ran, for a reason.
    case nodeCancelled(node: String, reason: String, at: Timestamp)
    /// The circuit breaker of a resource changed.
    case breakerChanged(resource: String, state: BreakerState, failures: Int, at: Timestamp)
    /// The run came to its end in a host's hands.
    case runEnded(RunEnding)

    /// When it happened.
    package var at: Timestamp {
        switch self {
        case .hostBegan(let host): host.beganAt
        case .nodeCompleted(_, let completion): completion.at
        case .runEnded(let ending): ending.at
        case .nodeStarted(_, _, _, let at), .nodeComputed(_, _, _, let at), .nodeInvalidated(_, _, _, let at),
            .nodeRestored(_, let at),
            .nodeRetrying(_, _, _, _, let at), .nodeFailed(_, _, _, let at), .nodeCancelled(_, _, let at),
            .breakerChanged(_, _, _, let at):
            at
        }
    }

    /// The node that it is about; nil where it is about none.
    package var node: String? {
        switch self {
        case .nodeStarted(let node, _, _, _), .nodeComputed(let node, _, _, _), .nodeCompleted(let node, _),
            .nodeRestored(let node, _), .nodeRetrying(let node, _, _, _, _), .nodeFailed(let node, _, _, _),
            .nodeCancelled(let node, _, _), .nodeInvalidated(let node, _, _, _):
            node
        case .hostBegan, .breakerChanged, .runEnded: nil
        }
    }
}

/// What became of a node that completed.
package struct NodeCompletion: Sendable, Hashable {
    /// The attempt that did it.
    package let attempt: Int
    /// When.
    package let at: Timestamp
    /// How long that attempt took, loading and storing included.
    package let seconds: Double
    /// How many rows it returned; nil for an artifact or nothing.
    package let rows: Int64?
    /// The last value of each metric it reported.
    package let metrics: [String: Double]
    /// What came of the checks of what it read and returned.
    package let checks: [CheckResult]
    /// What it stored.
    package let outputs: [StoredOutput]
    /// The name of the copy of its result in the run's directory, where one was kept.
    package let copy: FileSeal?

    package init(
        attempt: Int,
        at: Timestamp,
        seconds: Double,
        rows: Int64? = nil,
        metrics: [String: Double] = [:],
        checks: [CheckResult] = [],
        outputs: [StoredOutput] = [],
        copy: FileSeal? = nil
    ) {
        self.attempt = attempt
        self.at = at
        self.seconds = seconds
        self.rows = rows
        self.metrics = metrics
        self.checks = checks
        self.outputs = outputs
        self.copy = copy
    }
}

/// An error as a journal keeps it: what summaries say of it.
package struct RunError: Sendable, Hashable {
    /// For example `NodeExecutionError`.
    package let type: String
    package let message: String
    package let operation: String

    package init(type: String, message: String, operation: String) {
        self.type = type
        self.message = message
        self.operation = operation
    }

    /// What summaries say of `error`.
    package init(_ error: any ExecutionError) {
        self.init(type: Swift.type(of: error).typeName, message: error.message, operation: error.operation)
    }
}

/// How a run came to its end in a host's hands.
package struct RunEnding: Sendable, Hashable {
    package let status: RunSummary.Status
    package let at: Timestamp
    /// How long this host had it.
    package let seconds: Double
    /// How much of that the host itself took: everything but what ran inside of attempts.
    package let engineSeconds: Double
    /// The most bytes of memory that frames held at once.
    package let peakFrameBytes: Int64
    /// How many bytes of frames were written to disk, because memory had no room for them.
    package let spooledFrameBytes: Int64

    package init(
        status: RunSummary.Status,
        at: Timestamp,
        seconds: Double,
        engineSeconds: Double,
        peakFrameBytes: Int64 = 0,
        spooledFrameBytes: Int64 = 0
    ) {
        self.status = status
        self.at = at
        self.seconds = seconds
        self.engineSeconds = engineSeconds
        self.peakFrameBytes = peakFrameBytes
        self.spooledFrameBytes = spooledFrameBytes
    }
}

/// Where a circuit breaker stands.
public enum BreakerState: String, Sendable, CaseIterable {
    /// Calls go through.
    case closed
    /// None goes through until it has cooled down.
    case open
    /// A few go through, to see whether the resource is well again.
    case halfOpen = "half_open"
}
