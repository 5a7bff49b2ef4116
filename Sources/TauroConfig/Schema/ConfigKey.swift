package import TauroBasics

/// One key of a part of the configuration: what it takes and what it is for.
///
/// The only description of keys there is: decoding, diagnostics, schemas and the reference page all come from it.
package struct ConfigKey: Sendable {
    /// How far this version goes with a key.
    package enum Status: Sendable {
        /// It has its effect.
        case active
        /// It is known and checked, but has no effect yet, except that these words ask for what happens anyway.
        case later(exceptFor: [String] = [])
        /// It has its effect, but a map under it has none yet.
        case laterAsMap
    }

    /// Whether a key has to be there.
    package enum Presence: Sendable {
        case optional
        case required
        /// Where the other key of the set has one of the words.
        case requiredWhere(_ key: String, is: [String])
        /// Everywhere but where the other key of the set has one of the words.
        case requiredUnless(_ key: String, is: [String])
    }

    /// The key as this host documents it.
    package let name: String
    /// Other spellings of the same key.
    package let aliases: [String]
    /// What it takes.
    package let type: ConfigType
    /// Whether it has to be there.
    package let presence: Presence
    /// What counts where it is not there, if that is one value.
    package let defaultValue: JSONValue?
    /// How far this version goes with it.
    package let status: Status
    /// What it is for: a sentence.
    package let summary: String

    package init(
        _ name: String,
        _ type: ConfigType,
        aliases: [String] = [],
        presence: Presence = .optional,
        default defaultValue: JSONValue? = nil,
        status: Status = .active,
        _ summary: String
    ) {
        self.name = name
        self.aliases = aliases
        self.type = type
        self.presence = presence
        self.defaultValue = defaultValue
        self.status = status
        self.summary = summary
    }

    /// Every spelling, the documented one first.
    package var spellings: [String] { [name] + aliases }
}
