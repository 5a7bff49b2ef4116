import TauroModel
import TauroRuntime

/// Shows a run on stderr while it goes: log lines, and a bar or plain lines of progress; where the console has a log, records
/// in it.
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
    private let log: LoggingObserver?
    private let bar: ProgressBar?

    init(console: Console, mode: Mode, level: LogLevel) {
        self.console = console
        self.mode = mode
        self.leastLevel = level
        self.log = console.log.map { LoggingObserver($0) }
        self.bar = mode == .bar && log == nil ? ProgressBar(console: console) : nil
    }

    func observe(_ event: RunEvent) {
        if let log { return pass(event, to: log) }
        switch event.kind {
        case .runStarted(let pipeline, let nodes, let maxWorkers):
            bar?.start(total: nodes.count, at: event.at)
            plain("\(pipeline): \(nodes.count) node\(nodes.count == 1 ? "" : "s"), at most \(maxWorkers) at once")
        case .nodeStarted(let node, let attempt):
            bar?.began(node, at: event.at)
            plain(attempt == 1 ? "\(node): started" : "\(node): started, attempt \(attempt)")
        case .nodeReported(let node, _, .log(let lineLevel, let text)):
            if lineLevel >= leastLevel { show(words(lineLevel, node, text)) }
        case .nodeReported(let node, _, .progress(let fraction, let text)):
            bar?.progressed(node, fraction, text)
        case .nodeReported(_, _, .metric), .nodeComputed:
            break
        case .nodeChecked(let node, let result):
            // What fails a node is told with the node.
            if result.status == .warned, leastLevel <= .warning {
                let subject = result.dataset.map { "dataset '\($0)': " } ?? ""
                show(words(.warning, node, subject + result.sentence))
            }
        case .nodeRetrying(let node, _, _, _):
            bar?.rests(node)
            warn(event)
        case .breakerChanged, .warned: warn(event)
        case .nodeFinished(let summary):
            bar?.ended(summary.name, rows: summary.rows, at: event.at)
            plain(line(summary))
        case .runFinished:
            bar?.finish()
        }
    }

    /// Writes the event to the log: without progress, only what nodes say and what is wrong.
    private func pass(_ event: RunEvent, to log: LoggingObserver) {
        if mode == .none, let line = RunLogLine(event), line.level < .warning {
            guard case .nodeReported = event.kind else { return }
        }
        log.observe(event)
    }

    /// Tells of what the log warns of.
    private func warn(_ event: RunEvent) {
        guard leastLevel <= .warning, let line = RunLogLine(event) else { return }
        show(words(line.level, line.node, line.text))
    }

    private func plain(_ text: String) {
        if mode == .plain { console.print(PrintableText.line(text), to: .error) }
    }

    private func show(_ line: String) {
        if let bar { bar.printAbove(line) } else { console.print(line, to: .error) }
    }

    private func words(_ level: LogLevel, _ node: String?, _ text: String) -> String {
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
