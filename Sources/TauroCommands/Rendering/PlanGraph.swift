import TauroModel

/// A plan as a drawing for other programs: DOT for Graphviz, Mermaid for Markdown.
///
/// The critical path is drawn thick; what a node only waits for, without reading it, is dashed.
struct PlanGraph {
    private struct Edge {
        let from: Int
        let to: Int
        /// The ids of what is passed on; empty where nothing is.
        let ids: [String]
        let isCritical: Bool
    }

    private let plan: ExecutionPlan
    private let critical: Set<Int>
    private let edges: [Edge]

    init(plan: ExecutionPlan) {
        let path = plan.criticalPath
        let steps = Set(zip(path, path.dropFirst()).map { [$0, $1] })
        self.plan = plan
        critical = Set(path)
        edges = plan.nodes.enumerated().flatMap { to, node in
            node.dependencies.map { from in
                Edge(from: from, to: to, ids: Self.ids(node, from), isCritical: steps.contains([from, to]))
            }
        }
    }

    func dot() -> String {
        var lines = ["digraph \(quoted(plan.pipeline.name)) {", "  rankdir=LR;", "  node [shape=box];"]
        lines += plan.nodes.enumerated().map { place, node in
            let label = "label=\(quoted(node.name, "\\n", node.signature.name))"
            return "  \(quoted(node.name)) [\(label)\(critical.contains(place) ? ", penwidth=2" : "")];"
        }
        for level in plan.levels where level.count > 1 {
            lines.append("  { rank=same; \(level.map { quoted(plan.nodes[$0].name) + ";" }.joined(separator: " ")) }")
        }
        lines += edges.map { edge in
            var attributes = edge.ids.isEmpty ? ["style=dashed"] : ["label=\(quoted(edge.ids.joined(separator: ", ")))"]
            if edge.isCritical { attributes.append("penwidth=2") }
            let ends = [edge.from, edge.to].map { quoted(plan.nodes[$0].name) }.joined(separator: " -> ")
            return "  \(ends) [\(attributes.joined(separator: ", "))];"
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    /// Nodes are numbered, since Mermaid's identifiers can not hold every name.
    func mermaid() -> String {
        var lines = ["flowchart LR"]
        lines += plan.nodes.enumerated().map { place, node in
            "  n\(place)[\(label(node.name, "<br/>", node.signature.name))]"
        }
        lines += edges.map { edge in
            let arrow = edge.isCritical ? "==>" : edge.ids.isEmpty ? "-.->" : "-->"
            let ids = edge.ids.isEmpty ? "" : "|\(label(edge.ids.joined(separator: ", ")))|"
            return "  n\(edge.from) \(arrow)\(ids) n\(edge.to)"
        }
        lines.append("  classDef critical stroke-width:3px")
        lines.append("  class \(critical.sorted().map { "n\($0)" }.joined(separator: ",")) critical")
        return lines.joined(separator: "\n")
    }

    private static func ids(_ node: PlannedNode, _ producer: Int) -> [String] {
        node.inputs.compactMap { input in
            if case .result(producer, let id) = input { id } else { nil }
        }
    }

    /// A DOT name of escaped pieces, every second of which is DOT's own.
    ///
    /// The backslash begins an escape there, so it is escaped too.
    private func quoted(_ pieces: String...) -> String {
        let escaped = pieces.enumerated().map { index, piece in
            index % 2 == 1 ? piece : piece.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        }
        return "\"\(escaped.joined())\""
    }

    /// A Mermaid label of escaped pieces, every second of which is Mermaid's own.
    ///
    /// It knows no backslash, only entities, and `#` begins one.
    private func label(_ pieces: String...) -> String {
        let escaped = pieces.enumerated().map { index, piece in
            index % 2 == 1 ? piece : piece.map { $0 == "\"" ? "#quot;" : $0 == "#" ? "#35;" : String($0) }.joined()
        }
        return "\"\(escaped.joined())\""
    }
}
