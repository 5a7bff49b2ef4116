import TauroBasics
package import TauroModel

/// A node that takes the ML context: hyperparameters, model version, and what configuration says of it.
package struct MLNodeCommand: Command {
    private let invoker: any NodeInvoker
    private let invocation: NodeInvocation

    /// Creates a command; the ML context is made here, so that it is the same for every attempt.
    package init(
        invoker: any NodeInvoker,
        invocation: NodeInvocation,
        node: PlannedNode,
        pipeline: PipelineDefinition,
        modelVersion: String?,
        engine: String
    ) {
        let context = MLContext(
            hyperparameters: node.hyperparameters,
            json: Self.json(node: node, pipeline: pipeline, modelVersion: modelVersion, invocation, engine: engine)
        )
        self.invoker = invoker
        self.invocation = invocation.with(context)
    }

    package func execute() throws -> Dataset? { try invoker.invoke(invocation) }

    private static func json(
        node: PlannedNode,
        pipeline: PipelineDefinition,
        modelVersion: String?,
        _ invocation: NodeInvocation,
        engine: String
    ) -> String {
        let definition = node.definition
        let nodeConfig: JSONValue = [
            "function": .string(definition.function.value),
            "params": JSONValue(definition.parameters),
            "hyperparams": JSONValue(definition.hyperparameters),
            "metrics": .array(definition.metrics.map { .string($0) }),
            "tags": .array(definition.tags.map { .string($0) }),
        ]
        let pipelineConfig: JSONValue = [
            "name": .string(pipeline.name),
            "type": .string(pipeline.kind.rawValue),
            "hyperparams": JSONValue(pipeline.hyperparameters),
        ]
        let metadata: JSONValue = [
            "node_name": .string(definition.name),
            "run_id": .string(invocation.runID),
            "attempt": .integer(Int64(invocation.attempt)),
        ]
        let context: JSONValue = [
            "hyperparams": JSONValue(node.hyperparameters),
            "model_version": modelVersion.map { .string($0) } ?? .null,
            "node_config": nodeConfig,
            "pipeline_config": pipelineConfig,
            "execution_metadata": metadata,
            "engine": .string(engine),
        ]
        return context.text()
    }
}

extension JSONValue {
    /// A configuration map as a JSON object with sorted keys.
    init(_ map: [String: ConfigValue]) {
        self = .object(map.sorted { $0.key < $1.key }.map { Member($0.key, JSONValue($0.value)) })
    }

    /// A configuration value as JSON.
    init(_ value: ConfigValue) {
        switch value.content {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .list(let elements): self = .array(elements.map { JSONValue($0) })
        case .map(let entries): self = .object(entries.map { Member($0.key, JSONValue($0.value)) })
        }
    }
}
