import TauroBasics
import TauroModel

extension PlannedInput {
    /// The node of this run that makes it; while a plan is being built a place in the pipeline's list.
    fileprivate var producer: Int? {
        if case .result(let node, _) = self { node } else { nil }
    }
}

extension PlanBuilder {
    /// Where each input of a node comes from, checked against what its function takes.
    mutating func resolveInputs(
        of node: NodeDefinition,
        _ signature: NodeSignature?,
        _ sources: InputResolver
    ) -> [PlannedInput] {
        // How a stream's rows reach its function is for what runs streams to say.
        if node.streamInput != nil { return [] }
        guard let listed = node.inputs else { return passDependencies(of: node, signature, sources) }
        let resolved = listed.compactMap { resolve($0, of: node, sources) }
        if let signature, resolved.count == listed.count { checkCount(resolved.count, of: node, signature) }
        return resolved
    }

    private mutating func resolve(
        _ id: Located<String>,
        of node: NodeDefinition,
        _ sources: InputResolver
    ) -> PlannedInput? {
        switch sources.source(of: id.value, for: sources.index(ofNode: node.name)) {
        case .node(let producer): return .result(node: producer, id: id.value)
        case .input(let dataset): return .source(dataset)
        case .stored(let dataset): return .stored(dataset)
        case nil: break
        }
        // It may be what a node that was not read in full stores.
        if context.hasUnknownOutputs { return nil }
        var notes = [
            "an input is an output of another node of the pipeline, an entry of input.yaml, or an entry of output.yaml"
        ]
        if sources.index(ofNode: id.value) != nil {
            notes.insert(
                "'\(id.value)' is a node: list it under `dependencies`, or name one of its outputs here",
                at: 0
            )
        } else {
            notes = NearestName.note(nearestNames.nearest(to: id.value, in: sources.knownIDs)) + notes
        }
        diagnostics.append(
            Diagnostic(
                .error,
                .configuration,
                "Node '\(node.name)' reads dataset '\(id.value)', which is not defined",
                at: id.location ?? node.location,
                notes: notes
            )
        )
        return nil
    }

    /// Without an `input` key the results of the dependencies are passed, as many as the function takes.
    private mutating func passDependencies(
        of node: NodeDefinition,
        _ signature: NodeSignature?,
        _ sources: InputResolver
    ) -> [PlannedInput] {
        guard let signature else { return [] }
        var results = node.dependencies.compactMap { dependency -> PlannedInput? in
            guard let index = sources.index(ofNode: dependency.value),
                signatures.signature(named: sources.function(ofNodeAt: index))?.result != .nothing
            else { return nil }
            return .result(node: index, id: dependency.value)
        }
        if signature.inputs.last?.kind != .frames { results = Array(results.prefix(signature.inputs.count)) }
        // A dependency that is not there is told for itself; how many results it leaves says nothing.
        if node.dependencies.allSatisfy({ sources.index(ofNode: $0.value) != nil }) {
            checkCount(results.count, of: node, signature)
        }
        return results
    }

    private mutating func checkCount(_ count: Int, of node: NodeDefinition, _ signature: NodeSignature) {
        let takesRest = signature.inputs.last?.kind == .frames
        let required = takesRest ? signature.inputs.count - 1 : signature.inputs.count
        if takesRest ? count >= required : count == required { return }
        let names = signature.inputs.map(\.name).joined(separator: ", ")
        let expected = "\(takesRest ? "at least " : "")\(required) input\(required == 1 ? "" : "s")"
        diagnostics.append(
            Diagnostic(
                .error,
                .validation,
                "Node '\(node.name)': \(signature.name) takes \(expected)\(names.isEmpty ? "" : " (\(names))"), "
                    + "but the node passes \(count)",
                at: node.inputs?.first?.location ?? node.location,
                notes: [
                    node.inputs == nil
                        ? "without an `input` list the results of `dependencies` are passed"
                        : "list the datasets under `input` in the order the function takes them"
                ]
            )
        )
    }

    /// The datasets a node's result is stored as.
    mutating func resolveOutputs(of node: NodeDefinition) -> [DatasetDefinition] {
        node.outputs.compactMap { output in
            if let definition = context.outputDefinition(for: output.value) { return definition }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .configuration,
                    "Node '\(node.name)': '\(output.value)' is no id of an output",
                    at: output.location ?? node.location,
                    notes: ["an id has one to three parts of letters, digits, _ and -, joined by dots"]
                )
            )
            return nil
        }
    }

    /// Looks at every dataset of the selected nodes once, also where other things are wrong already.
    mutating func checkDatasets(
        _ definitions: [NodeDefinition],
        _ inputs: [[PlannedInput]],
        _ signatures: [NodeSignature?],
        _ outputs: [[DatasetDefinition]],
        _ isSelected: [Bool]
    ) {
        var seen: Set<String> = []
        for node in definitions.indices where isSelected[node] {
            let slots = signatures[node]?.inputs ?? []
            for (position, input) in inputs[node].enumerated() where input.producer == nil {
                let kind = slots.isEmpty ? .frame : slots[min(position, slots.count - 1)].kind
                let all = [(input, kind)] + (readByQueries[input.id] ?? []).map { ($0, .frame) }
                for (read, kind) in all where seen.insert(read.id).inserted && !isDoubtful(read) {
                    diagnostics += findings(
                        about: read,
                        as: kind,
                        for: definitions[node],
                        readAs: input.id,
                        isStoredBefore: storer(of: read).map { $0 != node && isSelected[$0] } ?? false
                    )
                }
            }
        }
        for node in definitions.indices where isSelected[node] {
            for dataset in outputs[node] where !context.isDoubtful(dataset.location) {
                diagnostics += datasets.check(output: dataset, commit: commit(of: definitions[node]))
            }
        }
    }

    /// Whether an input was not read in full, or could be what a node makes that was not.
    private func isDoubtful(_ input: PlannedInput) -> Bool {
        switch input {
        case .result: false
        case .source(let dataset): context.isDoubtful(dataset.location)
        case .stored: !context.doubtful.isEmpty
        }
    }

    /// What a node of a run that is resumed may have stored already.
    private func commit(of node: NodeDefinition) -> CommitIdentity? {
        request.resumedRun.map { CommitIdentity(runID: $0, node: node.name) }
    }
}
