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
        ]
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
