import TauroBasics
import TauroModel

extension PlanBuilder {
    /// A value for each typed parameter of a node's function, checked by the type it declares.
    mutating func bindParameters(
        of node: NodeDefinition,
        _ signature: NodeSignature?,
        _ pipeline: PipelineDefinition
    ) -> [BoundParameter] {
        guard let signature else { return [] }
        let layers = ParameterLayers(
            globalSettings: context.globalSettings.parameters,
            pipeline: pipeline.parameters,
            node: node.parameters,
            commandLine: request.parameters.filter { $0.node == node.name }.map { ($0.name, $0.text) }
        )
        let binder = ParameterBinder(signature: signature, node: node.name, location: node.location)
        let outcome = binder.bind(layers)
        diagnostics += outcome.diagnostics
        return outcome.parameters
    }

    /// A `--param` for a node that does not run would be silently lost.
    mutating func reportParametersOfOtherNodes(
        _ definitions: [NodeDefinition],
        _ isSelected: [Bool],
        in pipeline: PipelineDefinition
    ) {
        // Where nothing is selected, the selection is what is wrong.
        if request.parameters.isEmpty || !isSelected.contains(true) { return }
        let names = zip(definitions, isSelected).filter(\.1).map(\.0.name)
        for parameter in request.parameters where !names.contains(parameter.node) {
            let isLeftOut = definitions.contains { $0.name == parameter.node }
            let nearest = NearestName.note(NearestName.nearest(to: parameter.node, in: names))
            diagnostics.append(
                Diagnostic(
                    .error,
                    .validation,
                    "--param \(parameter.node).\(parameter.name): "
                        + (isLeftOut
                            ? "node '\(parameter.node)' is not selected"
                            : "pipeline '\(pipeline.name)' has no node '\(parameter.node)'"),
                    notes: (isLeftOut ? [] : nearest) + ["nodes: \(names.listed(atMost: 12))"]
                )
            )
        }
    }

    /// Checks that what a node of this run returns is what its consumer takes: a frame or an artifact.
    mutating func checkKinds(
        _ definitions: [NodeDefinition],
        _ signatures: [NodeSignature?],
        _ inputs: [[PlannedInput]]
    ) {
        for index in definitions.indices {
            guard let slots = signatures[index]?.inputs, !slots.isEmpty else { continue }
            // With an unknown input the places no longer match, and that input is reported already.
            if let listed = definitions[index].inputs, listed.count != inputs[index].count { continue }
            for (position, input) in inputs[index].enumerated() {
                guard case .result(let producer, let id) = input, let result = signatures[producer]?.result else {
                    continue
                }
                let slot = slots[min(position, slots.count - 1)]
                let expected: NodeSignature.Result = slot.kind == .artifact ? .artifact : .frame
                if result == expected { continue }
                let definition = definitions[index]
                diagnostics.append(
                    Diagnostic(
                        .error,
                        .validation,
                        "Node '\(definition.name)': input '\(slot.name)' takes \(expected.words), but "
                            + "'\(definitions[producer].name)' returns \(result.words)",
                        at: definition.inputs?[position].location ?? definition.location,
                        notes: ["the input is '\(id)'"]
                    )
                )
            }
        }
    }
}

extension NodeSignature.Result {
    fileprivate var words: String {
        switch self {
        case .frame: "a frame"
        case .artifact: "an artifact"
        case .nothing: "nothing"
        }
    }
}
