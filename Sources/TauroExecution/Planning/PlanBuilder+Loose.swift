import TauroBasics
import TauroModel

extension PlanBuilder {
    /// Checks nodes that no pipeline lists, each as if every other node of the project were beside it.
    mutating func checkLoose(_ nodes: [NodeDefinition]) {
        let found = nodes.map { findSignature(of: $0) }
        checkLock(nodes, found)
        let sources = InputResolver(context: context, definitions: context.nodes)
        let outputs = nodes.map { resolveOutputs(of: $0) }
        findQueries(of: nodes, outputs)
        let inputs = zip(nodes, found).map { resolveInputs(of: $0, $1, sources) }
        checkDatasets(nodes, inputs, found, outputs, nodes.map { _ in true })
        let nowhere = PipelineDefinition(name: "", nodes: [])
        for (node, signature) in zip(nodes, found) {
            _ = bindParameters(of: node, signature, nowhere)
            _ = assignBreakers([node], [[]], [[]], in: nowhere)
            for dependency in node.dependencies where context.node(dependency.value) == nil {
                reportUnknownDependency(dependency, of: node)
            }
        }
        checkExecution(of: nodes, in: nowhere)
        reportUnreadValues(nodes, found, of: nowhere)
    }

    private mutating func reportUnknownDependency(_ dependency: Located<String>, of node: NodeDefinition) {
        let known = context.nodes
        let nearest = nearestNames.nearest(to: dependency.value, in: known.map(\.name))
        diagnostics.append(
            Diagnostic(
                .error,
                .validation,
                "Node '\(node.name)' depends on '\(dependency.value)' which is no node of the project",
                at: dependency.location ?? node.location,
                notes: nearest.map { ["did you mean '\($0)'?"] } ?? ["add it to nodes.yaml, or remove the dependency"]
            )
        )
    }
}
