import TauroBasics
import TauroModel

/// A plan as JSON: the same keys for every plan and every node, also where no plan could be made.
struct PlanDocument {
    private let plan: ExecutionPlan
    private let criticalPath: [Int]

    static func document(_ plan: ExecutionPlan) -> JSONValue { PlanDocument(plan: plan).document() }

    /// The document of a plan that could not be made.
    static func document(notPlanned pipeline: String?, because errors: [JSONValue]) -> JSONValue {
        [
            "pipeline": text(pipeline), "type": .null, "status": "failed", "start_date": .null, "end_date": .null,
            "execution_order": [], "levels": [], "critical_path": [], "left_out": [], "nodes": .object([]),
            "errors": .array(errors),
        ]
    }

    private init(plan: ExecutionPlan) {
        self.plan = plan
        criticalPath = plan.criticalPath
    }

    private func document() -> JSONValue {
        let onCriticalPath = Set(criticalPath)
        return [
            "pipeline": .string(plan.pipeline.name),
            "type": .string(plan.pipeline.kind.rawValue),
            "status": "planned",
            "start_date": Self.text(plan.dates.start),
            "end_date": Self.text(plan.dates.end),
            "execution_order": names(plan.nodes.indices),
            "levels": .array(plan.levels.map { names($0) }),
            "critical_path": names(criticalPath),
            "left_out": Self.texts(plan.leftOut),
            "nodes": .object(
                plan.nodes.enumerated().map { place, node in
                    JSONValue.Member(node.name, document(node, isOnCriticalPath: onCriticalPath.contains(place)))
                }
            ),
            "errors": [],
        ]
    }

    private func document(_ node: PlannedNode, isOnCriticalPath: Bool) -> JSONValue {
        [
            "description": Self.text(node.definition.description),
            "tags": Self.texts(node.definition.tags),
            "location": node.definition.location.map { SummaryDocument.location($0) } ?? .null,
            "function": .string(node.signature.name),
            "plugin": .string(node.signature.plugin.path),
            "plugin_version": .string(node.signature.plugin.version),
            "symbol": .string(node.signature.symbol),
            "returns": .string(node.signature.result.rawValue),
            "isolation": .string(node.execution.isolation.rawValue),
            "timeout_seconds": node.execution.timeout.map { .double($0 / .seconds(1)) } ?? .null,
            "worker_memory_limit": node.execution.workerMemoryLimit.map { .integer($0) } ?? .null,
            "on_failure": .string(node.execution.onFailure.rawValue),
            "retry": Self.document(node.execution.retry),
            "priority": .integer(Int64(node.execution.priority)),
            "pool": Self.text(node.execution.pool),
            "memory": node.execution.memory.map { .integer($0) } ?? .null,
            "resources": .array(node.execution.resources.compactMap { breaker($0) }),
            "level": .integer(Int64(node.level)),
            "path_length": .integer(Int64(node.pathLength)),
            "on_critical_path": .bool(isOnCriticalPath),
            "dependencies": names(node.dependencies),
            "dependents": names(node.dependents),
            "inputs": .array(zip(node.inputs, node.inputNames).map { document($0, as: $1) }),
            "outputs": .array(node.outputs.map { Self.dataset($0, from: "output") }),
            "params": .object(node.parameters.map { JSONValue.Member($0.name, Self.document($0)) }),
            "hyperparams": .object(
                node.hyperparameters.sorted { $0.key < $1.key }.map { JSONValue.Member($0, Self.value($1)) }
            ),
        ]
    }

    private static func document(_ retry: RetryPolicy) -> JSONValue {
        [
            "max_retries": .integer(Int64(retry.maxRetries)), "delay_seconds": .double(retry.delaySeconds),
            "backoff_factor": .double(retry.backoffFactor), "max_delay_seconds": .double(retry.maxDelaySeconds),
            "jitter": .double(retry.jitter), "on": texts(retry.causesInOrder.map(\.rawValue)),
        ]
    }

    /// A resource and when its circuit breaker opens.
    private func breaker(_ resource: String) -> JSONValue? {
        plan.breakers[resource].map { policy in
            [
                "name": .string(resource), "failure_threshold": .integer(Int64(policy.failureThreshold)),
                "cooldown_seconds": .double(policy.cooldownSeconds),
                "half_open_max_calls": .integer(Int64(policy.halfOpenMaxCalls)),
            ]
        }
    }

    private func document(_ input: PlannedInput, as name: String) -> JSONValue {
        switch input {
        case .result(let producer, let id):
            [
                "id": .string(id), "from": "node", "node": .string(plan.nodes[producer].name),
                "argument": .string(name), "format": .null, "path": .null,
            ]
        case .source(let definition): Self.dataset(definition, from: "input", as: name)
        case .stored(let definition): Self.dataset(definition, from: "stored", as: name)
        }
    }

    private func names(_ places: some Sequence<Int>) -> JSONValue { Self.texts(places.map { plan.nodes[$0].name }) }

    private static func dataset(_ dataset: DatasetDefinition, from source: String, as name: String? = nil) -> JSONValue
    {
        [
            "id": .string(dataset.id), "from": .string(source), "node": .null, "argument": text(name),
            "format": .string(dataset.format.value), "path": .string(dataset.place),
        ]
    }

    private static func document(_ parameter: BoundParameter) -> JSONValue {
        let value: JSONValue =
            switch parameter.value {
            case .int64(let number): .integer(number)
            case .float64(let number): .double(number)
            case .bool(let flag): .bool(flag)
            case .string(let text): .string(text)
            }
        return [
            "value": parameter.isSecret ? .null : value,
            "origin": .string(PlanWords.origin(parameter.origin)),
            "location": parameter.location.map { SummaryDocument.location($0) } ?? .null,
            "secret": .bool(parameter.isSecret),
        ]
    }

    /// A value of configuration; a secret shows as null.
    private static func value(_ value: ConfigValue) -> JSONValue {
        if value.isSecret { return .null }
        switch value.content {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .integer(let number): return .integer(number)
        case .double(let number): return .double(number)
        case .string(let text): return .string(text)
        case .list(let items): return .array(items.map { Self.value($0) })
        case .map(let entries): return .object(entries.map { JSONValue.Member($0.key, Self.value($0.value)) })
        }
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
