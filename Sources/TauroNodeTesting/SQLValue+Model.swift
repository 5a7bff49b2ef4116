import TauroBasics
import TauroModel
import TauroSDK

extension ParameterValue {
    init(_ value: SQLValue, of name: String) throws(NodeError) {
        switch value {
        case .int64(let number): self = .int64(number)
        case .float64(let number): self = .float64(number)
        case .bool(let flag): self = .bool(flag)
        case .string(let text): self = .string(text)
        case .null: throw NodeError.invalid("the parameter '\(name)' is NULL; a node's parameter always has a value")
        }
    }

    var type: ParameterType {
        switch self {
        case .int64: .int64
        case .float64: .float64
        case .bool: .bool
        case .string: .string
        }
    }
}

extension TauroModel.MLContext {
    /// A context with the given hyperparameters and nothing else.
    init(testing hyperparameters: KeyValuePairs<String, SQLValue>) {
        let place = SourceLocation(file: "test")
        let json = JSONValue.object([
            JSONValue.Member("hyperparams", .object(hyperparameters.map { .init($0.key, JSONValue($0.value)) })),
            JSONValue.Member("model_version", .null),
            JSONValue.Member("node_config", .object([])),
            JSONValue.Member("pipeline_config", .object([])),
            JSONValue.Member("execution_metadata", .object([])),
            JSONValue.Member("engine", "duckdb"),
        ])
        self.init(
            hyperparameters: Dictionary(
                hyperparameters.map { ($0.key, ConfigValue(ConfigValue.Content($0.value), at: place)) },
                uniquingKeysWith: { $1 }
            ),
            json: json.text()
        )
    }
}

extension ConfigValue.Content {
    fileprivate init(_ value: SQLValue) {
        switch value {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .float64(let number): self = .double(number)
        case .bool(let flag): self = .bool(flag)
        case .string(let text): self = .string(text)
        }
    }
}

extension JSONValue {
    fileprivate init(_ value: SQLValue) {
        switch value {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .float64(let number): self = .double(number)
        case .bool(let flag): self = .bool(flag)
        case .string(let text): self = .string(text)
        }
    }
}
