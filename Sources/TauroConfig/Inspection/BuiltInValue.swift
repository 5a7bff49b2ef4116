import TauroBasics
import TauroModel

/// What counts where no file says anything, as the description of the key has it.
enum BuiltInValue {
    /// The value of the last of `paths`, which fall back to one another, that has one; nil where none has.
    static func of(_ paths: [ConfigKeyPath]) -> ConfigValue.Content? {
        paths.reversed().lazy.compactMap(of).first
    }

    private static func of(_ path: ConfigKeyPath) -> ConfigValue.Content? {
        guard let name = path.key.last else { return nil }
        var keySet = path.keySet
        for part in path.key.dropLast() { keySet = keySet?.keys(below: part) }
        return keySet?.key(name)?.defaultValue.map(content)
    }

    private static func content(_ value: JSONValue) -> ConfigValue.Content {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .double(let number): .double(number)
        case .string(let text): .string(text)
        case .array(let items): .list(items.map { located(content($0)) })
        case .object(let members):
            .map(
                members.map {
                    ConfigValue.Entry(key: $0.key, keyLocation: place, value: located(content($0.value)))
                }
            )
        }
    }

    private static func located(_ content: ConfigValue.Content) -> ConfigValue { ConfigValue(content, at: place) }

    private static let place = SourceLocation(file: "built-in")
}
