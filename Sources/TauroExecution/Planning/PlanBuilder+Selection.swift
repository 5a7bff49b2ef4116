import TauroModel

extension PlanBuilder {
    /// Which nodes of the pipeline the request selects; none where it can not be understood, which is then reported.
    mutating func select(_ definitions: [NodeDefinition], _ graph: DependencyGraph) -> [Bool] {
        if request.selection.isEmpty { return definitions.map { _ in true } }
        let selector = NodeSelector(definitions: definitions, graph: graph)
        let reader = SelectionReader(request.selection, selector: selector, pipeline: request.pipeline)
        diagnostics += reader.findings
        return definitions.indices.map { reader.selected.contains($0) }
    }

    /// A node's inputs with those that nodes make which are left out read from where these store them.
    mutating func readStored(
        _ inputs: [PlannedInput],
        of node: NodeDefinition,
        _ definitions: [NodeDefinition],
        _ isSelected: [Bool]
    ) -> [PlannedInput] {
        inputs.compactMap { input in
            guard case .result(let index, let id) = input, !isSelected[index] else { return input }
            let producer = definitions[index]
            // What is passed for a dependency has its node's name; any of the node's outputs holds it.
            let isOutput = producer.outputs.contains { $0.value == id }
            if let output = isOutput ? id : producer.outputs.first?.value {
                return context.outputDefinition(for: output).map { .stored($0) }
            }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .validation,
                    "Node '\(node.name)' takes the result of '\(producer.name)', which is not selected and stores nothing",
                    at: node.dependencies.first { $0.value == id }?.location ?? node.location,
                    notes: [
                        "give '\(producer.name)' an output, or run both: \(runCommand(to: node.name))"
                    ]
                )
            )
            return nil
        }
    }
}
