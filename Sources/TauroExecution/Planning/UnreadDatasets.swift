import TauroModel

/// Finds entries of `input` and `output` that no node of the project uses.
struct UnreadDatasets {
    let context: Context
    let datasets: any DatasetChecker

    /// A warning for each, and what is wrong with its description, which no pipeline's check has seen.
    func findings() -> [Diagnostic] {
        let queried = context.inputs.filter { $0.query != nil }.flatMap { datasets.datasets(readBy: $0).map(\.id) }
        let read = Set(context.nodes.lazy.flatMap { ($0.inputs ?? []).map(\.value) }).union(queried)
        let written = Set(context.nodes.lazy.flatMap { $0.outputs.map(\.value) })
        return context.inputs.flatMap { input -> [Diagnostic] in
            if read.contains(input.id) { return shadowed(input, written) }
            return datasets.check(description: input, isInput: true) + [
                warning(
                    "Dataset '\(input.id)' of input.yaml is read by no node",
                    at: input,
                    cure: "name it in the `input` of a node, or remove it"
                )
            ]
        }
            + context.outputs.flatMap { output -> [Diagnostic] in
                if read.contains(output.id) || written.contains(output.id) { return [] }
                return datasets.check(description: output, isInput: false) + [
                    warning(
                        "Dataset '\(output.id)' of output.yaml is written and read by no node",
                        at: output,
                        cure: "name it in the `output` of a node, or remove it"
                    )
                ]
            }
    }

    /// An id that is an input as well as some node's output means the one or the other, by who else is in the pipeline.
    private func shadowed(_ input: DatasetDefinition, _ written: Set<String>) -> [Diagnostic] {
        guard written.contains(input.id) else { return [] }
        return [
            warning(
                "Dataset '\(input.id)' of input.yaml has the id of a node's output",
                at: input,
                cure: "in a pipeline with that node its result is read, in any other this entry; give one another id"
            )
        ]
    }

    private func warning(_ message: String, at dataset: DatasetDefinition, cure: String) -> Diagnostic {
        Diagnostic(.warning, .validation, message, at: dataset.location, notes: [cure])
    }
}
