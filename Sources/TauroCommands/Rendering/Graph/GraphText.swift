import TauroModel

/// A plan as a graph drawn on the terminal: one line a node, with rails from each to those that depend on it.
///
/// Where a rail would need more room than the terminal has, the node at its end names the number it comes from instead.
struct GraphText {
    /// How many columns names keep at least, numbers included.
    private static let leastNameWidth = 34

    private let plan: ExecutionPlan
    private let style: Style
    private let glyphs: RailGlyphs
    private let width: Int
    private let critical: Set<Int>

    init(plan: ExecutionPlan, style: Style, glyphs: RailGlyphs, width: Int) {
        self.plan = plan
        self.style = style
        self.glyphs = glyphs
        self.width = width
        critical = Set(plan.criticalPath)
    }

    func lines() -> [String] {
        let order = DrawingOrder.best(plan.nodes.map(\.dependencies))
        var rows = [Int](repeating: 0, count: order.count)
        for (row, node) in order.enumerated() { rows[node] = row }
        let dependencies = order.map { node in plan.nodes[node].dependencies.map { rows[$0] } }
        let layout = RailLayout(dependencies, limit: (width - Self.leastNameWidth) / 2)
        let railWidth = 2 * layout.columnCount
        let drawn = zip(order, layout.rows).map { node, row in
            let isCritical = critical.contains(node)
            let rails = rails(row, isCritical: isCritical)
            let padding = String(repeating: " ", count: railWidth - rails.count)
            let distant = row.distant.map { order[$0] }
            return style.isEnabled && isCritical
                ? highlighted(rails) + padding + label(node, distant, width - railWidth)
                : rails + padding + label(node, distant, width - railWidth)
        }
        return [PlanTitle(plan: plan, style: style).line] + leftOut + [""] + drawn + ["", legend(layout)]
    }

    private var leftOut: [String] {
        plan.leftOut.isEmpty ? [] : [cut("left out: \(plan.leftOut.joined(separator: ", "))", to: width)]
    }

    private func legend(_ layout: RailLayout) -> String {
        var words = "\(glyphs.criticalNode) critical path, \(critical.count) node\(critical.count == 1 ? "" : "s")"
        if layout.rows.contains(where: { !$0.distant.isEmpty }) {
            words += "; \(glyphs.from) 7: a rail from 7 is left out"
        }
        return words
    }

    private func rails(_ row: RailLayout.Row, isCritical: Bool) -> String {
        row.cells.enumerated().map { column, cell in
            let isBranch = row.branch.contains(column) && row.branch.contains(column + 1)
            return glyphs.text(cell, isCritical: isCritical) + (isBranch ? glyphs.branch : " ")
        }.joined()
    }

    private func highlighted(_ rails: String) -> String {
        rails.map { String($0) == glyphs.criticalNode ? style.yellow(glyphs.criticalNode) : String($0) }.joined()
    }

    /// Number, name, where it comes from without a rail, and as many of its outputs as there is room for.
    private func label(_ place: Int, _ distant: [Int], _ room: Int) -> String {
        let node = plan.nodes[place]
        let digits = "\(plan.nodes.count)".count
        let text = "\(place + 1)"
        let number = String(repeating: " ", count: digits - text.count) + text
        let numbers = distant.sorted().map { "\($0 + 1)" }.joined(separator: ", ")
        let from = distant.isEmpty ? "" : cut(" \(glyphs.from) \(numbers)", to: room / 2)
        let name = cut(PrintableText.line(node.name), to: max(8, room - digits - 1 - from.count))
        let left = room - digits - 1 - name.count - from.count
        let outputs = node.outputs.map(\.id).joined(separator: ", ")
        let written = outputs.isEmpty || left < 8 ? "" : "  " + cut(outputs, to: left - 2)
        let shown = critical.contains(place) ? style.bold(name) : name
        return "\(number) \(shown)\(from)\(style.dim(written))"
    }

    private func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(max(0, width - 1)) + glyphs.ellipsis
    }
}
