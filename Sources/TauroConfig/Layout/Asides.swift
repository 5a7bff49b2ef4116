import TauroModel

/// Keys that are no part of a configuration: `$schema`, which is an editor's, and `x-…`, which are people's own, a home
/// for anchors.
enum Asides {
    /// The map without them; anything else as it is.
    static func removed(from value: ConfigValue) -> ConfigValue { removed(from: value, where: isAside) }

    /// The map without `$schema`, for maps whose other keys all count.
    static func schemaRemoved(from value: ConfigValue) -> ConfigValue { removed(from: value) { $0 == "$schema" } }

    /// Whether the key is one of them.
    static func isAside(_ key: String) -> Bool { key.utf8.starts(with: "x-".utf8) || key == "$schema" }

    private static func removed(from value: ConfigValue, where isLeftOut: (String) -> Bool) -> ConfigValue {
        guard case .map(let entries) = value.content, entries.contains(where: { isLeftOut($0.key) }) else {
            return value
        }
        return ConfigValue(.map(entries.filter { !isLeftOut($0.key) }), at: value.location)
    }
}
