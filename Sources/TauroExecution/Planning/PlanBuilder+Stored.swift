import TauroBasics
import TauroModel

extension PlanBuilder {
    /// The nodes that store what the one at `reader` reads as entries of `input.yaml`: it reads what they stored, and
    /// therefore waits for them.
    func storers(for reader: Int, _ definitions: [NodeDefinition], _ sources: InputResolver) -> [Int] {
        (definitions[reader].inputs ?? []).flatMap { input -> [Int] in
            guard case .input(let dataset)? = sources.source(of: input.value, for: reader) else { return [] }
            return ([.source(dataset)] + (readByQueries[dataset.id] ?? [])).compactMap { storer(of: $0) }
                .filter { $0 != reader }
        }
    }

    /// The node of the pipeline that stores what is read from storage.
    func storer(of input: PlannedInput) -> Int? {
        switch input {
        case .result: nil
        case .source(let dataset): storers[dataset.id]
        case .stored(let dataset): outputStorers[dataset.id]
        }
    }

    /// What is wrong with an input that is read from storage; `name` is the input that reads it, or itself.
    ///
    /// What a node of the project stores may come to be there: only a run fails without it, and only if no other node of
    /// the run stores it before.
    mutating func findings(
        about input: PlannedInput,
        as kind: NodeSignature.Input.Kind,
        for node: NodeDefinition,
        readAs name: String,
        isStoredBefore: Bool
    ) -> [Diagnostic] {
        let found = datasets.check(input, as: kind)
        if isStoredBefore { return found.problems }
        if found.all.isEmpty { return [] }
        guard let output = output(of: input) else { return found.all }
        let place = node.inputs?.first { $0.value == name }?.location ?? node.location
        let problems = found.problems.map { $0.changed(at: place, notes: $0.notes) }
        guard let missing = found.missing else { return problems }
        let maker = maker(of: output, for: node)
        let severity: Diagnostic.Severity = maker.isKnown && !request.isToRun ? .warning : .error
        return problems + [missing.changed(severity, at: place, notes: maker.notes)]
    }

    /// The output that an input is what an earlier run stored of; nil where no node stores it.
    private mutating func output(of input: PlannedInput) -> String? {
        switch input {
        case .result: return nil
        case .stored(let dataset): return dataset.id
        case .source(let dataset):
            if outputsOfInputs == nil {
                let outputs = context.nodes.map { $0.outputs.compactMap { context.outputDefinition(for: $0.value) } }
                outputsOfInputs = OutputPaths(context.nodes, outputs).storers(of: context.inputs).mapValues(\.output)
            }
            return outputsOfInputs?[dataset.id]
        }
    }

    /// Which node stores an output, other than the one that reads it, and with which command.
    private mutating func maker(of output: String, for reader: NodeDefinition) -> (isKnown: Bool, notes: [String]) {
        if let maker = context.node(storing: output, otherThan: reader.name) {
            let stores = "node '\(maker.name)' stores '\(output)'"
            guard let command = runCommand(making: maker.name) else {
                return (true, ["\(stores), but is in no pipeline: add it to one, and run that first"])
            }
            return (true, ["\(stores): \(command)"])
        }
        if reader.outputs.contains(where: { $0.value == output }) {
            return (
                true,
                [
                    "only '\(reader.name)' itself stores '\(output)': for its first run take '\(output)' out of its input, "
                        + "or give input.yaml an entry '\(output)' with rows to begin with, and remove that afterwards"
                ]
            )
        }
        return (
            false, ["no node of the project stores '\(output)': name it in the `output` of one, and run that first"]
        )
    }

    /// A run that ends with `node`, of this pipeline or of another that has it.
    private mutating func runCommand(making node: String) -> String? {
        if pipelinesOfNodes == nil {
            var pipelines: [String: String] = [:]
            let own = context.pipeline(request.pipeline).map { [$0] } ?? []
            for pipeline in own + context.pipelines {
                for node in pipeline.nodes where pipelines[node.value] == nil { pipelines[node.value] = pipeline.name }
            }
            pipelinesOfNodes = pipelines
        }
        return pipelinesOfNodes?[node].map { runCommand(to: node, in: $0) }
    }

    /// The command that runs a pipeline as far as `node`, for the same project and days.
    func runCommand(to node: String, in pipeline: String? = nil) -> String {
        let words = [pipeline ?? request.pipeline, "--to-node", node] + request.callOptions
        return "tauro-host run \(words.map { ShellText.word($0) }.joined(separator: " "))"
    }
}
