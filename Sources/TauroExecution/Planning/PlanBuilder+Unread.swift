import TauroBasics
import TauroModel

extension PlanBuilder {
    /// Warns of values that were written for functions and reach none of them.
    mutating func reportUnreadValues(
        _ definitions: [NodeDefinition],
        _ signatures: [NodeSignature?],
        of pipeline: PipelineDefinition
    ) {
        for (definition, signature) in zip(definitions, signatures) {
            if let signature { reportUnreadHyperparameters(of: definition, signature) }
        }
        let layers = context.mlInfo.layers.filter { $0.pipeline == pipeline.name }
        if pipeline.parameters.isEmpty, pipeline.hyperparameters.isEmpty, layers.isEmpty { return }
        // While a function is not known, neither is what it would read.
        let known = signatures.compactMap(\.self)
        if known.isEmpty || known.count < pipeline.nodes.count { return }
        let reading = ValueReaders(known)
        diagnostics += reading.unread(
            parameters: pipeline.parameters,
            hyperparameters: pipeline.hyperparameters,
            owner: "Pipeline '\(pipeline.name)'",
            readers: "of its nodes"
        )
        diagnostics += reading.unread(layers, readers: "of pipeline '\(pipeline.name)'")
    }

    private mutating func reportUnreadHyperparameters(of node: NodeDefinition, _ signature: NodeSignature) {
        if signature.takesML { return }
        let declared = Set(signature.parameters.map(\.name))
        for (name, value) in node.hyperparameters.sorted(by: { $0.value.location < $1.value.location }) {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .validation,
                    "Node '\(node.name)': nobody reads hyperparameter '\(name)', because \(signature.name) takes no ML context",
                    at: value.location,
                    notes: [
                        declared.contains(name)
                            ? "'\(name)' is a parameter of the function: put it under `params`"
                            : "a function takes the ML context with TAURO_ML, or `ml: MLContext?` in Swift"
                    ]
                )
            )
        }
    }
}

/// What a number of functions read of the defaults that are written for all of them.
struct ValueReaders {
    private let parameters: Set<String>
    private let takesML: Bool

    init(_ signatures: [NodeSignature]) {
        parameters = Set(signatures.lazy.flatMap { $0.parameters.map(\.name) })
        takesML = signatures.contains(where: \.takesML)
    }

    /// A warning for each default that none of the functions reads; `owner` begins its sentence, `readers` says whose the
    /// functions are.
    func unread(
        parameters given: [String: ConfigValue],
        hyperparameters: [String: ConfigValue],
        owner: String,
        readers: String
    ) -> [Diagnostic] {
        let unread = inOrder(given.filter { !parameters.contains($0.key) }).map { name, value in
            let nearest = NearestName.nearest(to: name, in: parameters.sorted())
            return Diagnostic(
                .warning,
                .validation,
                "\(owner): no function \(readers) has the parameter '\(name)'",
                at: value.location,
                notes: nearest.map { ["did you mean '\($0)'?"] } ?? ["remove it, or declare it in a function"]
            )
        }
        let unheard = inOrder(takesML ? [:] : hyperparameters).map { name, value in
            Diagnostic(
                .warning,
                .validation,
                "\(owner): nobody reads hyperparameter '\(name)', because no function \(readers) takes the ML context",
                at: value.location,
                notes: ["a function takes the ML context with TAURO_ML, or `ml: MLContext?` in Swift"]
            )
        }
        return unread + unheard
    }

    /// A warning for each hyperparameter of `ml_info` that none of the functions reads.
    func unread(_ layers: [MLInfo.Layer], readers: String) -> [Diagnostic] {
        layers.flatMap {
            unread(parameters: [:], hyperparameters: $0.hyperparameters, owner: "ml_info", readers: readers)
        }
    }

    private func inOrder(_ values: [String: ConfigValue]) -> [(key: String, value: ConfigValue)] {
        values.sorted { ($0.value.location, $0.key) < ($1.value.location, $1.key) }
    }
}
