import TauroBasics
import TauroModel

/// The nodes that failed, what was said shortly before, and what to do next.
struct ReportErrors {
    let figures: RunFigures
    let log: [RunLogLine]
    let command: String

    private static let limit = 50
    private static let lineLimit = 8

    /// What the part is called: a run that was cancelled may have gone well until then.
    var title: String { failed.isEmpty && figures.history.status != .dead ? "How to go on" : "What went wrong" }

    private var failed: [Int] {
        let nodes = figures.history.nodes
        return nodes.indices.filter { nodes[$0].error != nil && nodes[$0].status != .completed }
    }

    /// nil where there is nothing to tell.
    func html() -> String? {
        let history = figures.history
        let failed = failed
        let lost = history.nodes.indices.filter { history.nodes[$0].attempts.last?.outcome == .lost }
        guard !failed.isEmpty || figures.canBeResumed else { return nil }
        var parts = failed.prefix(Self.limit).map { error($0) }
        if failed.count > Self.limit {
            parts.append(
                "<p class=\"note\">\(failed.count - Self.limit) more failed nodes stand in the table below.</p>"
            )
        }
        if history.status == .dead { parts.append(death(lost)) }
        if figures.canBeResumed {
            let words = RunWords.resumption(history, command: command)
            parts.append(
                "<p class=\"next\">To go on from where it stands: <code>\(HTMLText.escaped(words))</code></p>"
            )
        }
        return parts.joined(separator: "\n")
    }

    private func error(_ place: Int) -> String {
        let node = figures.history.nodes[place]
        guard let error = node.error else { return "" }
        let blocked = figures.history.nodes.indices.filter { figures.dependencies[$0].contains(place) }
        let stopped = blocked.filter { figures.history.nodes[$0].status != .completed }
        let others =
            stopped.isEmpty ? "" : " Not run without it: \(stopped.prefix(12).map { link($0) }.joined(separator: ", "))"
        return """
            <article class="error">
            <h3>\(ReportIcons.sign("failed"))\(link(place)) <span class="type">\(HTMLText.escaped(error.type))</span></h3>
            <pre class="message">\(HTMLText.escaped(error.message))</pre>
            <p class="note">While it did: \(HTMLText.escaped(error.operation)). \
            \(RunWords.count(node.attempts.count, "attempt")).\(others)</p>
            \(lastLines(of: node.name))
            </article>
            """
    }

    private func death(_ lost: [Int]) -> String {
        let inside =
            lost.isEmpty
            ? "No node was running then."
            : "It was inside \(lost.prefix(12).map { link($0) }.joined(separator: ", "))"
                + (lost.count > 12 ? " and \(lost.count - 12) more." : ".")
        return "<article class=\"error\"><h3>\(ReportIcons.sign("dead"))The host died</h3><p>\(inside)</p></article>"
    }

    private func lastLines(of node: String) -> String {
        let lines = log.filter { $0.node == node }.suffix(Self.lineLimit)
        if lines.isEmpty { return "" }
        return "<p class=\"note\">The last it said:</p>\n\(ReportLog.list(Array(lines), showsNode: false))"
    }

    private func link(_ place: Int) -> String { ReportNodes.link(place, figures.history.nodes[place].name) }
}
