/// What a key's value may be.
package enum ConfigType: Sendable {
    case text
    /// A whole number, not below the given one.
    case wholeNumber(atLeast: Int64)
    /// A whole or decimal number, not below the given one.
    case number(atLeast: Double)
    /// A number of bytes, or a text of a number and a unit: `512 MiB`.
    case byteCount
    case flag
    /// A calendar day, `YYYY-MM-DD`.
    case day
    /// One of these words.
    case word([String])
    /// A text, or a list of texts.
    case texts
    /// Names in one of the five forms that dependencies may take.
    case names
    /// A map from text to anything.
    case map
    /// A map from text to text.
    case mapOfText
    /// A map with keys of its own.
    case keys(ConfigKeySet)
    case anything

    /// The type in words, for "expected …".
    package var description: String {
        switch self {
        case .text: "text"
        case .wholeNumber(let least): least == .min ? "a whole number" : "a whole number from \(least) up"
        case .number(let least): least == -.infinity ? "a number" : "a number from \(least) up"
        case .byteCount: "a number of bytes, or a number and B, KiB, MiB, GiB, kB, MB or GB, such as 512 MiB"
        case .flag: "true or false"
        case .day: "a day such as 2026-01-31"
        case .word(let words): "one of \(words.map { "`\($0)`" }.joined(separator: ", "))"
        case .texts: "text or a list of texts"
        case .names: "a name or a list of names"
        case .map, .mapOfText, .keys: "a map"
        case .anything: "anything"
        }
    }

    /// Whether values of this type are settings of the host, which it prints and stores, so that no secret fits.
    var isPrinted: Bool {
        switch self {
        case .map, .mapOfText, .anything: false
        default: true
        }
    }
}
