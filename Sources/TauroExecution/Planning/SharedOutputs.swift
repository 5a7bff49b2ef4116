import TauroModel

/// Finds outputs with which nodes of different pipelines get into each other's way.
///
/// Inside one pipeline its own check finds them.
struct SharedOutputs {
    private let context: Context
    /// The nodes that pipelines list; others write nothing.
    private let nodes: [NodeDefinition]
    /// The pipelines of each.
    private let pipelines: [Set<String>]

    init(context: Context) {
        self.context = context
        var ofNames: [String: Set<String>] = [:]
        for pipeline in context.pipelines {
            for node in pipeline.nodes { ofNames[node.value, default: []].insert(pipeline.name) }
        }
        nodes = context.nodes.filter { ofNames[$0.name] != nil }
        pipelines = nodes.map { ofNames[$0.name] ?? [] }
    }

    /// A warning at each second writer of one path, an error where one output lies inside another.
    func findings() -> [Diagnostic] {
        let outputs = nodes.map { $0.outputs.compactMap { context.outputDefinition(for: $0.value) } }
        return shared() + OutputPaths(nodes, outputs).nested { pipelines[$0].isDisjoint(with: pipelines[$1]) }
    }

    private func shared() -> [Diagnostic] {
        var writers: [String: Int] = [:]
        var findings: [Diagnostic] = []
        for (place, node) in nodes.enumerated() {
            for output in node.outputs {
                guard let path = context.outputPath(for: output.value) else { continue }
                guard let other = writers[path] else {
                    writers[path] = place
                    continue
                }
                if other == place || !pipelines[other].isDisjoint(with: pipelines[place]) { continue }
                findings.append(
                    Diagnostic(
                        .warning,
                        .validation,
                        "Nodes '\(nodes[other].name)' and '\(node.name)' of different pipelines both write '\(output.value)'",
                        at: output.location ?? node.location,
                        notes: ["each run replaces what the other stored; give each node an output of its own"]
                    )
                )
            }
        }
        return findings
    }
}
