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
    private let bar: ProgressBar?

    init(console: Console, mode: Mode, level: LogLevel) {
        self.console = console
        self.mode = mode
        self.leastLevel = level
        self.bar = mode == .bar ? ProgressBar(console: console) : nil
    }

    func observe(_ event: RunEvent) {
        switch event.kind {
        case .runStarted(let pipeline, let nodes, let maxWorkers):
            bar?.start(total: nodes.count)
            plain("\(pipeline): \(nodes.count) node\(nodes.count == 1 ? "" : "s"), at most \(maxWorkers) at once")
        case .nodeStarted(let node, _):
            bar?.began(node)
            plain("\(node): started")
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
        case .nodeFinished(let summary):
            bar?.ended(summary.name)
            plain(line(summary))
        case .runFinished:
            bar?.finish()
        }
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
