import TauroModel

/// The events that no watcher has seen yet, in their order.
///
/// A node may tell more than watchers take. Of what one tells, a bounded part waits here: beyond it log lines are only
/// counted, and a metric or a progress takes the place of the last one. Everything else is kept.
struct EventBacklog: Sendable {
    /// Most reports of one node that wait.
    static let mostReports = 10_000
    /// Most text of one node that waits, in bytes.
    static let mostBytes = 4 << 20

    /// What waits of one node.
    fileprivate struct Share {
        var reports = 0
        var bytes = 0
        var droppedLines = 0
        /// Places of the last values among the events, by the names of their metrics.
        var metrics: [String: Int] = [:]
        /// The place of the last progress among the events.
        var progress: Int?

        var isFull: Bool { reports >= EventBacklog.mostReports || bytes >= EventBacklog.mostBytes }
    }

    private var events: [RunEvent] = []
    private var shares: [String: Share] = [:]

    /// Adds an event, or what there is room for of it.
    mutating func add(_ event: RunEvent) {
        switch event.kind {
        case .nodeReported(let node, _, let report): add(report, of: node, event)
        case .nodeFinished(let summary):
            let dropped = shares.removeValue(forKey: summary.name)?.droppedLines ?? 0
            if dropped > 0 { events.append(EventBacklog.warning(dropped, before: event, of: summary)) }
            events.append(event)
        default: events.append(event)
        }
    }

    /// Takes all events; nil if there are none.
    mutating func take() -> [RunEvent]? {
        if events.isEmpty { return nil }
        defer {
            events = []
            shares = shares.compactMapValues { $0.droppedLines > 0 ? Share(droppedLines: $0.droppedLines) : nil }
        }
        return events
    }

    private mutating func add(_ report: NodeReport, of node: String, _ event: RunEvent) {
        guard let place = shares[node, default: Share()].place(of: report, next: events.count) else { return }
        if place == events.count { events.append(event) } else { events[place] = event }
    }

    private static func warning(_ dropped: Int, before event: RunEvent, of node: NodeSummary) -> RunEvent {
        let lines = dropped == 1 ? "1 further log line was" : "\(dropped) further log lines were"
        let text = "\(lines) not shown, because they came faster than they could be written"
        let report = NodeReport.log(level: .warning, text: text)
        let kind = RunEvent.Kind.nodeReported(node: node.name, attempt: node.attempts, report)
        return RunEvent(runID: event.runID, at: event.at, kind)
    }
}

extension EventBacklog.Share {
    /// The place among the events that a report gets: `next`, that of an older report, or none.
    fileprivate mutating func place(of report: NodeReport, next: Int) -> Int? {
        switch report {
        case .log(_, let text):
            if isFull {
                droppedLines += 1
                return nil
            }
            bytes += text.utf8.count
        case .metric(let name, _):
            if isFull, let place = metrics[name] { return place }
            metrics[name] = next
        case .progress(_, let text):
            if isFull, let progress { return progress }
            progress = next
            bytes += text?.utf8.count ?? 0
        }
        reports += 1
        return next
    }
}
