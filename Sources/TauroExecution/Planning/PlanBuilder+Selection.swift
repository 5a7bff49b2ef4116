import TauroBasics
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

    /// A finding about a stored input, at the place that asks for it, and with the run that would make it.
    func tellingMaker(_ finding: Diagnostic, of input: PlannedInput, for node: NodeDefinition) -> Diagnostic {
        guard case .stored(let dataset) = input,
            let maker = context.node(storing: dataset.id, otherThan: node.name),
            let command = runCommand(making: maker.name)
        else { return finding }
        return Diagnostic(
            finding.severity,
            finding.kind,
            finding.message,
            at: finding.location ?? place(of: dataset.id, in: node),
            notes: finding.notes + ["node '\(maker.name)' stores '\(dataset.id)': \(command)"]
        )
    }

    private func place(of id: String, in node: NodeDefinition) -> SourceLocation? {
        node.inputs?.first { $0.value == id }?.location ?? node.location
    }

    /// A run that ends with `node`, of this pipeline or of another that has it.
    private func runCommand(making node: String) -> String? {
        let pipelines = [context.pipeline(request.pipeline)].compactMap(\.self) + context.pipelines
        return pipelines.first { $0.nodes.contains { $0.value == node } }.map { runCommand(to: node, in: $0.name) }
    }

    private func runCommand(to node: String, in pipeline: String? = nil) -> String {
        let words = [pipeline ?? request.pipeline, "--to-node", node].map { ShellText.word($0) }
        return "tauro-host run \(words.joined(separator: " "))"
    }
}
