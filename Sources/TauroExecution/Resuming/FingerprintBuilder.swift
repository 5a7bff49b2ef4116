import TauroBasics
package import TauroModel

/// Writes down what each node's result depends on.
package struct FingerprintBuilder {
    private let plan: ExecutionPlan
    private let runID: String
    private let engine: String
    private let digest: (String) -> String
    private let state: (DatasetDefinition) -> String

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - runID: the run, with whose id the digests of secrets begin, so that those of two runs can not be compared.
    ///   - engine: the engine's name.
    ///   - digest: the digest of a plugin's file.
    ///   - state: what is stored under a dataset's path now.
    package init(
        plan: ExecutionPlan,
        runID: String,
        engine: String,
        digest: @escaping (String) -> String,
        state: @escaping (DatasetDefinition) -> String
    ) {
        self.plan = plan
        self.runID = runID
        self.engine = engine
        self.digest = digest
        self.state = state
    }

    /// The fingerprints of all nodes, in the plan's order.
    package func fingerprints() -> [NodeFingerprint] {
        var digests: [String: String] = [:]
        for path in Set(plan.nodes.map(\.signature.plugin.path)) { digests[path] = digest(path) }
        return plan.nodes.map { fingerprint(of: $0, plugin: digests[$0.signature.plugin.path] ?? "") }
    }

    private func fingerprint(of node: PlannedNode, plugin: String) -> NodeFingerprint {
        var parts = [
            NodeFingerprint.Part("function", "\(node.signature.name) (\(node.signature.symbol))"),
            NodeFingerprint.Part("plugin", plugin),
            NodeFingerprint.Part("engine", engine),
            NodeFingerprint.Part("start_date", plan.dates.start ?? ""),
            NodeFingerprint.Part("end_date", plan.dates.end ?? ""),
        ]
        parts += node.parameters.map { NodeFingerprint.Part("parameter \($0.name)", value(of: $0)) }
        if node.signature.takesML { parts += machineLearning(node) }
        for (number, input) in node.inputs.enumerated() { parts.append(self.input(input, number, node)) }
        parts += node.outputs.map { NodeFingerprint.Part("output \($0.id)", output($0)) }
        return NodeFingerprint(parts)
    }

    private func value(of parameter: BoundParameter) -> String {
        let text =
            switch parameter.value {
            case .string(let text): text
            case .int64(let number): "\(number)"
            case .float64(let number): "\(number)"
            case .bool(let flag): "\(flag)"
            }
        return parameter.isSecret ? hidden(text) : text
    }

    private func machineLearning(_ node: PlannedNode) -> [NodeFingerprint.Part] {
        let hyperparameters = node.hyperparameters.sorted { $0.key < $1.key }
        return [NodeFingerprint.Part("model_version", plan.modelVersion ?? "")]
            + hyperparameters.map { NodeFingerprint.Part("hyperparameter \($0.key)", value(of: $0.value)) }
    }

    private func input(_ input: PlannedInput, _ number: Int, _ node: PlannedNode) -> NodeFingerprint.Part {
        let name = "input \(input.id)"
        switch input {
        case .result(let producer, _):
            return NodeFingerprint.Part("\(name) (\(number + 1))", "result of \(plan.nodes[producer].name)")
        case .source(let dataset), .stored(let dataset):
            return NodeFingerprint.Part("\(name) (\(number + 1))", "\(description(of: dataset)) \(state(dataset))")
        }
    }

    private func output(_ dataset: DatasetDefinition) -> String {
        let layout = dataset.layout
        let words: [String?] = [
            dataset.writeMode.rawValue, layout.partition.map(\.value).joined(separator: ","),
            layout.maxRowsPerFile.map { "\($0.value)" }, layout.mergesSchema.map { "\($0.value)" },
            layout.overwritesSchema.map { "\($0.value)" }, layout.overwriteStrategy?.value,
            layout.replacePredicate?.value,
        ]
        return "\(description(of: dataset)) \(words.map { $0 ?? "-" }.joined(separator: " "))"
    }

    private func description(of dataset: DatasetDefinition) -> String {
        let options = (Array(dataset.options) + Array(dataset.storageOptions)).sorted { $0.key < $1.key }
        let columns = dataset.columns.map { "\($0.name):\($0.type ?? "")" }
        let words = [
            dataset.format.value, dataset.path.value, dataset.query?.value ?? "", dataset.dateColumn ?? "",
            columns.joined(separator: ","),
            options.map { "\($0.key)=\(value(of: $0.value))" }.joined(separator: ","),
        ]
        return String(SHA256.hexadecimal(Array(words.joined(separator: "\u{0}").utf8)).prefix(32))
    }

    private func value(of value: ConfigValue) -> String {
        let text = JSONValue(value).text()
        return value.isSecret ? hidden(text) : text
    }

    private func hidden(_ text: String) -> String {
        String(SHA256.hexadecimal(Array("\(runID)\u{0}\(text)".utf8)).prefix(32))
    }
}
