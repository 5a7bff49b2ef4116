import TauroModel

/// A plan as a drawing for other programs: DOT for Graphviz, Mermaid for Markdown.
struct PlanGraph {
    let plan: ExecutionPlan

    func dot() -> String {
        var lines = ["digraph \(quoted(plan.pipeline.name)) {", "  rankdir=LR;", "  node [shape=box];"]
        lines += plan.nodes.map { "  \(quoted($0.name));" }
        lines += edges.map { "  \(quoted($0.0)) -> \(quoted($0.1));" }
        return (lines + ["}"]).joined(separator: "\n")
    }

    /// Nodes are numbered, since Mermaid's identifiers can not hold every name.
    func mermaid() -> String {
        var lines = ["flowchart LR"]
        lines += plan.nodes.enumerated().map { place, node in "  n\(place)[\(label(node.name))]" }
        for (place, node) in plan.nodes.enumerated() { lines += node.dependents.map { "  n\(place) --> n\($0)" } }
        return lines.joined(separator: "\n")
    }

    private var edges: [(String, String)] {
        plan.nodes.flatMap { node in node.dependents.map { (node.name, plan.nodes[$0].name) } }
    }

    /// A DOT name: the backslash begins an escape there, so it is escaped too.
    private func quoted(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }

    /// A Mermaid label: it knows no backslash, only entities, and `#` begins one.
    private func label(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" ? "#quot;" : $0 == "#" ? "#35;" : String($0) }.joined() + "\""
    }
}
