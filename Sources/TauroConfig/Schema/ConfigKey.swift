/// One key of a part of the configuration: what it takes and what it is for.
///
/// The only description of keys there is: decoding, diagnostics and documentation all come from it.
package struct ConfigKey: Sendable {
    /// How far this version goes with a key.
    package enum Status: Sendable {
        /// It has its effect.
        case active
        /// It is known and checked, but has no effect yet, except that these words ask for what happens anyway.
        case later(exceptFor: [String] = [])
    }

    /// The key as this host documents it.
    package let name: String
    /// Other spellings of the same key.
    package let aliases: [String]
    /// What it takes.
    package let type: ConfigType
    /// Whether it has to be there.
    package let isRequired: Bool
    /// How far this version goes with it.
    package let status: Status
    /// What it is for: a sentence.
    package let summary: String

    package init(
        _ name: String,
        _ type: ConfigType,
        aliases: [String] = [],
        isRequired: Bool = false,
        status: Status = .active,
        _ summary: String
    ) {
        self.name = name
        self.aliases = aliases
        self.type = type
        self.isRequired = isRequired
        self.status = status
        self.summary = summary
    }
}
