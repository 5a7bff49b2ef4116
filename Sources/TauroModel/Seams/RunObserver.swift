/// Something that happened in a run, for those who only watch.
package enum RunEvent: Sendable {
    case runStarted(runID: String, pipeline: String, nodes: [String], maxWorkers: Int)
    case nodeStarted(node: String, attempt: Int)
    case nodeReported(node: String, NodeReport)
    /// A table that the node read, or returns, was held to a promise.
    case nodeChecked(node: String, CheckResult)
    /// The node completed, failed, or will not run.
    case nodeFinished(NodeSummary)
    case runFinished(RunSummary)
}

/// Watches a run: progress, logs, reports.
///
/// It can not slow, change or kill the run.
///
/// Events arrive in order on one thread that is not the run's. A node that tells more than observers take in time loses
/// log lines, which a warning counts, and values that newer ones have replaced.
package protocol RunObserver: Sendable {
    /// The least important log lines that it wants to see.
    var leastLevel: LogLevel { get }
    /// Takes note of an event.
    func observe(_ event: RunEvent)
}

extension RunObserver {
    package var leastLevel: LogLevel { .debug }
}
