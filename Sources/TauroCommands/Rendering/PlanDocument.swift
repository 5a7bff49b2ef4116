import TauroBasics
import TauroModel

/// A plan as JSON.
enum PlanDocument {
    static func document(_ plan: ExecutionPlan) -> JSONValue {
        [
            "pipeline": .string(plan.pipeline.name),
            "type": .string(plan.pipeline.kind.rawValue),
            "start_date": plan.dates.start.map { .string($0) } ?? .null,
            "end_date": plan.dates.end.map { .string($0) } ?? .null,
            "execution_order": .array(plan.nodes.map { .string($0.name) }),
            "nodes": .object(plan.nodes.map { JSONValue.Member($0.name, document($0, in: plan)) }),
        ]
    }

    /// The document of a plan that could not be made.
    static func document(notPlanned pipeline: String?, because errors: [JSONValue]) -> JSONValue {
        ["pipeline": pipeline.map { .string($0) } ?? .null, "status": "failed", "errors": .array(errors)]
    }

    private static func document(_ node: PlannedNode, in plan: ExecutionPlan) -> JSONValue {
        [
            "function": .string(node.signature.name),
            "plugin": .string(node.signature.plugin.path),
            "symbol": .string(node.signature.symbol),
            "isolation": .string(node.execution.isolation.rawValue),
            "timeout_seconds": node.execution.timeout.map { .double($0 / .seconds(1)) } ?? .null,
            "worker_memory_limit": node.execution.workerMemoryLimit.map { .integer($0) } ?? .null,
            "on_failure": .string(node.execution.onFailure.rawValue),
            "level": .integer(Int64(node.level)),
            "dependencies": .array(node.dependencies.map { .string(plan.nodes[$0].name) }),
            "inputs": .array(node.inputs.map { document($0, in: plan) }),
            "outputs": .array(node.outputs.map { dataset($0, from: "output") }),
            "params": .object(node.parameters.map { JSONValue.Member($0.name, document($0)) }),
        ]
    }

    private static func document(_ input: PlannedInput, in plan: ExecutionPlan) -> JSONValue {
        switch input {
        case .result(let producer, let id):
            ["id": .string(id), "from": "node", "node": .string(plan.nodes[producer].name)]
        case .source(let definition): dataset(definition, from: "input")
        case .stored(let definition): dataset(definition, from: "stored")
        }
    }

    private static func dataset(_ dataset: DatasetDefinition, from source: String) -> JSONValue {
        [
            "id": .string(dataset.id), "from": .string(source), "format": .string(dataset.format.value),
            "path": .string(dataset.path.value),
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
            "secret": .bool(parameter.isSecret),
        ]
    }
}
