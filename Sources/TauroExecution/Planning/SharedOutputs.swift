import TauroModel

/// Finds outputs that nodes of different pipelines write, each in place of the other's.
///
/// Inside one pipeline that is an error, which its own check finds.
struct SharedOutputs {
    let context: Context

    /// A warning at each second writer.
    func findings() -> [Diagnostic] {
        var pipelines: [String: Set<String>] = [:]
        for pipeline in context.pipelines {
            for node in pipeline.nodes { pipelines[node.value, default: []].insert(pipeline.name) }
        }
        var writers: [String: (node: String, pipelines: Set<String>)] = [:]
        var findings: [Diagnostic] = []
        for node in context.nodes {
            // A node that no pipeline lists writes nothing.
            guard let ofNode = pipelines[node.name] else { continue }
            for output in node.outputs {
                guard let path = context.outputPath(for: output.value) else { continue }
                guard let other = writers[path] else {
                    writers[path] = (node.name, ofNode)
                    continue
                }
                if other.node == node.name || !other.pipelines.isDisjoint(with: ofNode) { continue }
                findings.append(
                    Diagnostic(
                        .warning,
                        .validation,
                        "Nodes '\(other.node)' and '\(node.name)' of different pipelines both write '\(output.value)'",
                        at: output.location ?? node.location,
                        notes: ["each run replaces what the other stored; give each node an output of its own"]
                    )
                )
            }
        }
        return findings
    }
}
