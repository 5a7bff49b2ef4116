/// A value read from configuration, with the place it was written at.
public struct ConfigValue: Sendable, Hashable {
    /// What the value is.
    public enum Content: Sendable, Hashable {
        case null
        case bool(Bool)
        case integer(Int64)
        case double(Double)
        case string(String)
        case list([ConfigValue])
        case map([Entry])
    }

    /// One entry of a map; entries keep the order of the file.
    public struct Entry: Sendable, Hashable {
        /// The key's text.
        public let key: String
        /// Where the key is written.
        public let keyLocation: SourceLocation
        /// The value under the key.
        public var value: ConfigValue

        /// Creates an entry.
        public init(key: String, keyLocation: SourceLocation, value: ConfigValue) {
            self.key = key
            self.keyLocation = keyLocation
            self.value = value
        }
    }

    /// What the value is.
    public var content: Content
    /// Whether the value came from `${secret:…}` and must never be shown.
    public var isSecret: Bool
    /// Where the value is written.
    public var location: SourceLocation

    /// Creates a value.
    public init(_ content: Content, at location: SourceLocation, isSecret: Bool = false) {
        self.content = content
        self.location = location
        self.isSecret = isSecret
    }

    /// The entry's value under `key`, if this is a map that has it.
    public subscript(key: String) -> ConfigValue? { entry(key)?.value }

    /// The entry under `key`, if this is a map that has it.
    package func entry(_ key: String) -> Entry? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }
}

extension ConfigValue: CustomStringConvertible {
    /// The value in the flow style of YAML, for messages.
    ///
    /// A secret shows as `<secret>`, wherever in the value it is.
    public var description: String {
        if isSecret { return "<secret>" }
        switch content {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .double(let number): return String(number)
        case .string(let text): return "\"\(text)\""
        case .list(let items): return "[\(items.map(\.description).joined(separator: ", "))]"
        case .map(let entries):
            return "{\(entries.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }
}
