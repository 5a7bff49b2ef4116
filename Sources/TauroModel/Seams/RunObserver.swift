package import TauroBasics

/// Something that happened in a run, for those who only watch.
///
/// What each kind says may grow from one version to the next; what it said before it goes on saying.
public struct RunEvent: Sendable {
    /// The version of what events say.
    public static let version = 1

    /// What happened.
    public enum Kind: Sendable {
        /// The run begins with these nodes, in execution order.
        case runStarted(pipeline: String, nodes: [String], maxWorkers: Int)
        /// Something about the pipeline that did not keep the run from beginning: what was found, and where.
        case warned(Diagnostic)
        /// An attempt of a node begins.
        case nodeStarted(node: String, attempt: Int)
        /// A running node tells something.
        case nodeReported(node: String, attempt: Int, NodeReport)
        /// A table that the node read, or returns, was held to a promise.
        case nodeChecked(node: String, CheckResult)
        /// The node's result is there, and is going to be stored; rows are nil for an artifact or nothing.
        case nodeComputed(node: String, rows: Int64?)
        /// An attempt failed, and the next one begins after so many seconds.
        case nodeRetrying(node: String, attempt: Int, any ExecutionError, delaySeconds: Double)
        /// The node completed, failed, or will not run.
        case nodeFinished(NodeSummary)
        /// The circuit breaker of a resource changed.
        case breakerChanged(BreakerSummary)
        /// The run came to its end.
        case runFinished(RunSummary)
    }

    /// The run.
    public let runID: String
    /// When it happened, in milliseconds since 1970-01-01T00:00:00Z.
    public var millisecondsSinceEpoch: Int64 { at.millisecondsSinceEpoch }
    /// When it happened.
    package let at: Timestamp
    /// What happened.
    public let kind: Kind

    package init(runID: String, at: Timestamp, _ kind: Kind) {
        self.runID = runID
        self.at = at
        self.kind = kind
    }
}

/// Watches a run: progress, logs, reports, lineage, metrics.
///
/// It can not slow, change or kill the run.
///
/// Events arrive in order on one thread that is not the run's. A node that tells more than observers take in time loses
/// log lines, which a warning counts, and values that newer ones have replaced. After the run's end an observer gets the
/// rest, but not where it takes none of it for five seconds, or longer than a minute for all.
public protocol RunObserver: Sendable {
    /// The least important log lines that it wants to see.
    var leastLevel: LogLevel { get }
    /// Takes note of an event.
    func observe(_ event: RunEvent)
}

extension RunObserver {
    /// All of them.
    public var leastLevel: LogLevel { .debug }
}
