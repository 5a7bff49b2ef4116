import TauroModel

/// What a key's value may be.
package indirect enum ConfigType: Sendable {
    case text
    /// A text that may come from a secret, as addresses of servers do: it is never printed then.
    case confidentialText
    /// A whole number, neither below nor above the given ones.
    case wholeNumber(atLeast: Int64, atMost: Int64 = .max)
    /// A whole or decimal number, not below the given one.
    case number(atLeast: Double)
    /// A number from 0 to 1, or true for one that is usual and false for 0.
    case share
    /// A number of bytes, or a text of a number and a unit: `512 MiB`; not below the given one.
    case byteCount(atLeast: Int64 = 1)
    case flag
    /// A text, a finite number, or true or false.
    case scalar
    /// A calendar day, `YYYY-MM-DD`.
    case day
    /// A text of a whole number and a unit of time: `10 seconds`.
    case interval(StreamInterval.Limits)
    /// One of these words.
    case word([String])
    /// A text, or a list of texts.
    case texts
    /// Names in one of the five forms that dependencies may take.
    case names
    /// A map from text to anything.
    case map
    /// A map from text to values of one type.
    case mapOf(ConfigType)
    /// A list of values of one type.
    case listOf(ConfigType)
    /// A map with keys of its own.
    case keys(ConfigKeySet)
    /// The first of these that takes a value's form: a map, a list or a single value.
    case either([ConfigType])
    case anything

    /// The type in words, for "expected …".
    package var description: String {
        switch self {
        case .text, .confidentialText: "text"
        case .wholeNumber(.min, .max): "a whole number"
        case .wholeNumber(let least, .max): "a whole number from \(least) up"
        case .wholeNumber(let least, let most): "a whole number from \(least) to \(most)"
        case .number(let least): least == -.infinity ? "a number" : "a number from \(least) up"
        case .share: "a number from 0 to 1, or true or false"
        case .byteCount(1...): "a number of bytes, or a number and B, KiB, MiB, GiB, kB, MB or GB, such as 512 MiB"
        case .byteCount:
            "a number of bytes, or a number and B, KiB, MiB, GiB, kB, MB or GB, such as 512 MiB; 0 for none"
        case .flag: "true or false"
        case .scalar: "a text, a number, or true or false"
        case .day: "a day such as 2026-01-31"
        case .interval: "an interval such as `10 seconds`"
        case .word(let words): "one of \(words.map { "`\($0)`" }.joined(separator: ", "))"
        case .texts: "text or a list of texts"
        case .names: "a name or a list of names"
        case .map, .mapOf, .keys: "a map"
        case .listOf: "a list"
        case .either(let types): types.map(\.description).joined(separator: ", or ")
        case .anything: "anything"
        }
    }

    /// Whether values of this type are settings of the host, which it prints and stores, so that no secret fits.
    var isPrinted: Bool {
        switch self {
        case .map, .mapOf, .anything, .confidentialText: false
        default: true
        }
    }

    /// Whether values of this form, a map, a list or a single value, may be of this type.
    func takesForm(of value: ConfigValue) -> Bool {
        switch (self, value.content) {
        case (.either(let types), _): types.contains { $0.takesForm(of: value) }
        case (.anything, _), (.names, _): true
        case (.map, .map), (.mapOf, .map), (.keys, .map), (.listOf, .list), (.texts, .list): true
        case (.map, _), (.mapOf, _), (.keys, _), (.listOf, _), (_, .map), (_, .list): false
        default: true
        }
    }
}
