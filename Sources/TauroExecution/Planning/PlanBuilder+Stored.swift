import TauroBasics
import TauroModel

extension PlanBuilder {
    /// What is wrong with an input that is read from storage.
    ///
    /// What a node of the project stores may come to be there: only a run fails without it.
    mutating func findings(
        about input: PlannedInput,
        as kind: NodeSignature.Input.Kind,
        for node: NodeDefinition
    ) -> [Diagnostic] {
        let found = datasets.check(input, as: kind)
        guard case .stored(let dataset) = input, !found.all.isEmpty else { return found.all }
        let maker = maker(of: dataset.id, for: node)
        let place = node.inputs?.first { $0.value == dataset.id }?.location ?? node.location
        let problems = found.problems.map { $0.changed(at: place, notes: $0.notes + maker.notes) }
        guard let missing = found.missing else { return problems }
        let severity: Diagnostic.Severity = maker.isKnown && !request.isToRun ? .warning : .error
        return problems + [missing.changed(severity, at: place, notes: maker.notes)]
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
