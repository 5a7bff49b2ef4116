import TauroModel

/// What a reference stands for.
enum Lookup {
    /// A text: of an environment variable, a date or a default.
    ///
    /// `isPlain` says that it may turn out to be a number, as if it had been written in the file without quotes.
    case text(String, isSecret: Bool, isPlain: Bool)
    /// The value of a global setting.
    case setting(ConfigValue)
    /// Nothing; that is among the findings.
    case failed
}
