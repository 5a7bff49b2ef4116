extension RunLogLine {
    /// What a log says of an event; nil for one that it does not tell of.
    package init?(_ event: RunEvent) {
        guard let (level, text, node, attempt) = RunLogLine.words(event.kind) else { return nil }
        self.init(at: event.at, level: level, run: event.runID, node: node, attempt: attempt, text: text)
    }

    private typealias Words = (level: LogLevel, text: String, node: String?, attempt: Int?)

    private static func words(_ kind: RunEvent.Kind) -> Words? {
        switch kind {
        case .runStarted(let pipeline, let nodes, let maxWorkers):
            let count = nodes.count == 1 ? "1 node" : "\(nodes.count) nodes"
            return (.info, "pipeline \(pipeline): \(count), at most \(maxWorkers) at once", nil, nil)
        case .warned(let finding):
            let place = finding.location.map { "\($0.file):\($0.line): " } ?? ""
            return (.warning, ([place + finding.message] + finding.notes).joined(separator: "\n"), nil, nil)
        case .nodeStarted(let node, let attempt): return (.info, "started", node, attempt)
        case .nodeReported(let node, let attempt, .log(let level, let text)): return (level, text, node, attempt)
        case .nodeReported(let node, let attempt, .metric(let name, let value)):
            return (.debug, "metric \(name) = \(value)", node, attempt)
        case .nodeReported(_, _, .progress), .nodeComputed: return nil
        case .nodeChecked(let node, let result):
            return (level(of: result.status), "check \(result.sentence): \(result.status.rawValue)", node, nil)
        case .nodeRetrying(let node, let attempt, let error, let delay):
            let seconds = (delay * 10).rounded() / 10
            return (
                .warning, "attempt \(attempt) failed, the next begins in \(seconds) s: \(error.message)", node, attempt
            )
        case .nodeFinished(let summary): return words(summary)
        case .breakerChanged(let breaker):
            let state = breaker.state.rawValue
            let text = "circuit breaker of \(breaker.resource): \(state), failures in a row: \(breaker.failures)"
            return (breaker.state == .closed ? .info : .warning, text, nil, nil)
        case .runFinished(let summary):
            return (summary.status == .completed ? .info : .error, "run \(summary.status.rawValue)", nil, nil)
        }
    }

    private static func words(_ summary: NodeSummary) -> Words {
        let attempt = summary.attempts > 0 ? summary.attempts : nil
        if let error = summary.error { return (.error, "failed: \(error.message)", summary.name, attempt) }
        let reason = summary.reason.map { ": \($0)" } ?? ""
        let rows = summary.rows.map { ", \($0) rows" } ?? ""
        let level = summary.status == .completed ? LogLevel.info : .warning
        return (level, "\(summary.status.rawValue)\(rows)\(reason)", summary.name, attempt)
    }

    private static func level(of status: CheckResult.Status) -> LogLevel {
        switch status {
        case .passed: .debug
        case .warned: .warning
        case .failed: .error
        }
    }
}
