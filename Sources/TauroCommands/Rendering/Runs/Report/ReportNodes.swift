import TauroBasics
import TauroModel

/// The table of a run's nodes, in execution order; the page's script sorts and filters it.
struct ReportNodes {
    let figures: RunFigures

    /// A link to the node's line of the table.
    static func link(_ place: Int, _ name: String) -> String {
        "<a href=\"#n\(place)\" data-n=\"\(place)\" class=\"node\">\(HTMLText.escaped(name))</a>"
    }

    /// nil for a run without nodes.
    func html() -> String? {
        let nodes = figures.history.nodes
        if nodes.isEmpty { return nil }
        let longest = nodes.map { figures.times.seconds($0) }.max() ?? 0
        let rows = nodes.indices.map { row($0, longest: longest) }
        let columns = [
            ("Node", "text"), ("Status", "text"), ("Attempts", "num"), ("Time", "num"), ("Rows", "num"),
            ("Stored", "num"),
            ("Outputs", "text"), ("Metrics", "text"), ("Note", "text"),
        ]
        let heads = columns.enumerated().map { place, column in
            "<th scope=\"col\"\(column.1 == "num" ? " class=\"num\"" : "")><button type=\"button\" data-sort=\"\(place)\" "
                + "data-kind=\"\(column.1)\">\(column.0)</button></th>"
        }
        let statuses = figures.counts.map { "<option>\($0.status.rawValue)</option>" }.joined()
        return """
            <div class="tools js" role="search">
            <label>Find <input type="search" id="node-find" autocomplete="off"></label>
            <label>Status <select id="node-status"><option value="">all</option>\(statuses)</select></label>
            <output id="node-count" aria-live="polite"></output>
            </div>
            <div class="scroll tall" tabindex="0" role="region" aria-label="Table of the nodes">
            <table id="node-table">
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    private func row(_ place: Int, longest: Double) -> String {
        let node = figures.history.nodes[place]
        let completion = node.completion
        let seconds = figures.times.seconds(node)
        let bytes = completion?.outputs.reduce(0) { $0 + $1.record.bytes }
        let function = figures.records[place].map { "<small>\(HTMLText.escaped($0.function))</small>" } ?? ""
        let state = ReportIcons.name(node)
        let ran = !node.attempts.isEmpty
        let meter =
            ran && longest > 0
            ? "<span class=\"meter\" aria-hidden=\"true\"><i style=\"width:"
                + "\(HTMLText.percent(seconds / longest))\"></i></span>" : ""
        return """
            <tr id="n\(place)" data-s="\(node.status.rawValue)"><th scope="row">\(Self.link(place, node.name))\(function)</th>\
            <td class="state">\(ReportIcons.sign(state))\(state)</td>\
            \(number(Double(node.attempts.count), "\(node.attempts.count)"))\
            \(number(ran ? seconds : nil, ran ? Quantities.seconds(seconds) + meter : "–"))\
            \(number(completion?.rows.map { Double($0) }, completion?.rows.map { Quantities.count($0) } ?? "–"))\
            \(number(bytes.map { Double($0) }, bytes.map { $0 == 0 ? "–" : Quantities.bytes($0) } ?? "–"))\
            <td>\(outputs(completion))</td><td>\(metrics(completion))</td><td>\(note(node))</td></tr>
            """
    }

    private func number(_ value: Double?, _ shown: String) -> String {
        "<td class=\"num\" data-v=\"\(value.map { "\($0)" } ?? "-1")\">\(shown)</td>"
    }

    private func outputs(_ completion: NodeCompletion?) -> String {
        (completion?.outputs ?? []).map { output in
            "<span class=\"line\">\(HTMLText.escaped(output.record.id)) <small>\(HTMLText.escaped(output.record.format))"
                + "</small></span>"
        }.joined()
    }

    private func metrics(_ completion: NodeCompletion?) -> String {
        let metrics = (completion?.metrics ?? [:]).sorted { $0.key < $1.key }
        let more = metrics.count > 4 ? "<small>and \(metrics.count - 4) more</small>" : ""
        return metrics.prefix(4).map { name, value in
            "<span class=\"line\">\(HTMLText.escaped(name)) <b>\(HTMLText.escaped(RunWords.metric(value)))</b></span>"
        }.joined() + more
    }

    private func note(_ node: NodeHistory) -> String {
        var parts: [String] = []
        if let reason = node.reason { parts.append(HTMLText.escaped(reason)) }
        if node.status != .completed, let error = node.error {
            let line = CutText.cut(PrintableText.line(error.message), to: 160)
            parts.append("<b>\(HTMLText.escaped(error.type))</b> \(HTMLText.escaped(line))")
        }
        if node.generation > 1 { parts.append("made anew \(node.generation - 1)×") }
        let broken = (node.completion?.checks ?? []).filter { $0.status != .passed }
        if !broken.isEmpty { parts.append(RunWords.count(broken.count, "check") + " did not hold") }
        return parts.map { "<span class=\"line\">\($0)</span>" }.joined()
    }
}
