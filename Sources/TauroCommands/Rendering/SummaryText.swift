import TauroModel

/// A run's summary as a table for people.
struct SummaryText {
    let style: Style

    func lines(_ summary: RunSummary) -> [String] {
        var table = TextTable([
            ("node", .left), ("status", .left), ("time", .right), ("rows", .right), ("stored", .left),
        ])
        for node in summary.nodes {
            table.add([
                node.name, node.status.rawValue, node.durationSeconds.map { Quantities.seconds($0) } ?? "-",
                node.rows.map { Quantities.count($0) } ?? "-", stored(node),
            ])
        }
        let took = Quantities.seconds(summary.durationSeconds)
        return table.lines(style) + CheckResultText(style: style).lines(summary) + [
            "", "\(summary.pipeline) \(word(summary.status)) in \(took), run \(summary.runID)\(memory(summary))",
            engine(summary),
        ] + warnings(summary)
    }

    /// What the host itself took, so that anybody can see what running under it costs.
    private func engine(_ summary: RunSummary) -> String {
        let each = summary.engineSeconds / Double(max(1, summary.nodes.count))
        return style.dim(
            "the host itself took \(Quantities.seconds(summary.engineSeconds)), \(Quantities.seconds(each)) a node"
        )
    }

    private func warnings(_ summary: RunSummary) -> [String] {
        var lines: [String] = []
        if summary.status != .completed {
            let words = "\(ShellWord.quoted(summary.pipeline)) --resume \(summary.runID)"
            lines.append("go on with it: \(HostCommand.current()) run \(words)")
        }
        if let breaker = summary.circuitBreaker, breaker.state != .closed {
            let failures = RunWords.count(breaker.failures, "failure")
            lines.append(
                style.yellow(
                    "the circuit breaker of \(PrintableText.line(breaker.resource)) is \(RunWords.breaker(breaker.state))"
                        + " after \(failures) in a row"
                )
            )
        }
        if summary.abandonedThreads > 0 {
            let threads = RunWords.count(summary.abandonedThreads, "thread")
            lines.append(style.yellow("\(threads) left behind in functions that did not stop when their time was over"))
        }
        return lines
    }

    /// The peak of memory, and what went to disk; nothing where no frame was ever held.
    private func memory(_ summary: RunSummary) -> String {
        let spooled = summary.spooledFrameBytes
        let disk = spooled == 0 ? "" : ", \(Quantities.bytes(spooled)) went to disk"
        return summary.peakFrameBytes == 0 && spooled == 0
            ? "" : "; frames held \(Quantities.bytes(summary.peakFrameBytes)) at most\(disk)"
    }

    private func stored(_ node: NodeSummary) -> String {
        if let reason = node.reason { return reason }
        return node.outputs.map { "\($0.id) (\($0.format), \(Quantities.bytes($0.bytes)))" }.joined(separator: ", ")
    }

    private func word(_ status: RunSummary.Status) -> String {
        switch status {
        case .completed: style.green(status.rawValue)
        case .failed: style.red(status.rawValue)
        case .cancelled: style.yellow(status.rawValue)
        }
    }
}
