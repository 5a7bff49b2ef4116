import TauroBasics
import TauroModel

/// A value of the configuration as JSON.
enum ConfigValueDocument {
    /// Secrets show as `<secret>`, wherever in the value they are.
    static func document(_ value: ConfigValue) -> JSONValue {
        if value.isSecret { return "<secret>" }
        switch value.content {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .integer(let number): return .integer(number)
        case .double(let number): return .double(number)
        case .string(let text): return .string(text)
        case .list(let items): return .array(items.map(document))
        case .map(let entries): return .object(entries.map { JSONValue.Member($0.key, document($0.value)) })
        }
    }

    /// The document of a configuration that could not be read.
    static func document(notReadBecause errors: [JSONValue]) -> JSONValue {
        ["status": "failed", "errors": .array(errors)]
    }
}
