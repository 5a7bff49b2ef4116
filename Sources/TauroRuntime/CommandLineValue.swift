import TauroConfig
package import TauroModel

/// Values that a call gives as text.
package enum CommandLineValue {
    /// The text as a value: a number, true or false where it is one, as in a file; `option` says where it was given.
    package static func read(_ text: String, option: String) -> ConfigValue {
        ConfigValue(plainText: text, at: SourceLocation(file: option))
    }
}
