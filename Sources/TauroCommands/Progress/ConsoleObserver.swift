import TauroModel

/// Shows a run on stderr while it goes: log lines, and a bar or plain lines of progress.
///
/// Events arrive on one thread; what is drawn belongs to that thread.
final class ConsoleObserver: RunObserver {
    /// How progress is shown.
    enum Mode: Sendable {
        case bar
        case plain
        case none
    }

    private let console: Console
    private let mode: Mode
    let leastLevel: LogLevel
    private let format: LogFormat
    private let bar: ProgressBar?

    init(console: Console, mode: Mode, level: LogLevel, format: LogFormat = .text) {
        self.console = console
        self.mode = mode
        self.leastLevel = level
        self.format = format
        self.bar = mode == .bar && format == .text ? ProgressBar(console: console) : nil
    }

    func observe(_ event: RunEvent) {
        if format == .json { return observeAsLines(event) }
        switch event.kind {
        case .runStarted(let pipeline, let nodes, let maxWorkers):
            bar?.start(total: nodes.count, at: event.at)
            plain("\(pipeline): \(nodes.count) node\(nodes.count == 1 ? "" : "s"), at most \(maxWorkers) at once")
        case .nodeStarted(let node, let attempt):
            bar?.began(node, at: event.at)
            plain(attempt == 1 ? "\(node): started" : "\(node): started, attempt \(attempt)")
        case .nodeReported(let node, _, .log(let lineLevel, let text)):
            if lineLevel >= leastLevel { show(log(lineLevel, node, text)) }
        case .nodeReported(let node, _, .progress(let fraction, let text)):
            bar?.progressed(node, fraction, text)
        case .nodeReported(_, _, .metric), .nodeComputed:
            break
        case .nodeChecked(let node, let result):
            // What fails a node is told with the node.
            if result.status == .warned, leastLevel <= .warning {
                let subject = result.dataset.map { "dataset '\($0)': " } ?? ""
                show(log(.warning, node, subject + result.sentence))
            }
        case .nodeRetrying(let node, _, _, _):
            bar?.rests(node)
            warn(event)
        case .breakerChanged: warn(event)
        case .nodeFinished(let summary):
            bar?.ended(summary.name, rows: summary.rows, at: event.at)
            plain(line(summary))
        case .runFinished:
            bar?.finish()
        }
    }

    /// Tells of everything as lines of the run's log.
    private func observeAsLines(_ event: RunEvent) {
        guard let line = RunLogLine(event), line.level >= leastLevel else { return }
        if case .nodeReported = event.kind {} else if mode == .none && line.level < .warning { return }
        console.print(format.progressLine(line, style: console.style(.error)), to: .error)
    }

    /// Tells of what the log warns of.
    private func warn(_ event: RunEvent) {
        guard leastLevel <= .warning, let line = RunLogLine(event) else { return }
        show(format.progressLine(line, style: console.style(.error)))
    }

    private func plain(_ text: String) {
        if mode == .plain { console.print(PrintableText.line(text), to: .error) }
    }

    private func show(_ line: String) {
        if let bar { bar.printAbove(line) } else { console.print(line, to: .error) }
    }

    private func log(_ level: LogLevel, _ node: String, _ text: String) -> String {
        LogLineText(style: console.style(.error)).progressLine(level, node, text)
    }

    private func line(_ summary: NodeSummary) -> String {
        var line = "\(summary.name): \(summary.status.rawValue)"
        if let seconds = summary.durationSeconds { line += " in \(Quantities.seconds(seconds))" }
        if let rows = summary.rows { line += ", \(Quantities.count(rows)) rows" }
        if let reason = summary.reason { line += ": \(reason)" }
        return line
    }
}
