import TauroBasics

/// A span of time as streaming queries state it: a whole number, a space and a unit, such as `10 seconds`.
package struct StreamInterval: Sendable, Hashable {
    /// Which intervals fit.
    package struct Limits: Sendable {
        /// The shortest.
        let least: StreamInterval
        /// The longest.
        let most: StreamInterval

        /// How often a query may look for new data.
        package static let trigger = Limits(least: "1 second", most: "365 days")
        /// How late data may be.
        package static let watermark = Limits(least: "1 microsecond", most: "60 minutes")

        /// How old data may be.
        package static let age = Limits(least: "1 second", most: "36500 days")

        private init(least: String, most: String) {
            guard let least = StreamInterval(least), let most = StreamInterval(most) else {
                preconditionFailure("a limit is no interval")
            }
            self.least = least
            self.most = most
        }

        /// Whether the interval fits.
        func contains(_ interval: StreamInterval) -> Bool {
            (least.microseconds...most.microseconds).contains(interval.microseconds)
        }
    }

    /// The units in the singular, which an `s` may follow, with their length in microseconds.
    static let units: KeyValuePairs<String, Int64> = [
        "microsecond": 1, "millisecond": 1000, "second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000,
        "day": 86_400_000_000,
    ]
    private static let abbreviations = [
        "us": "microsecond", "ms": "millisecond", "s": "second", "sec": "second", "m": "minute", "min": "minute",
        "h": "hour", "hr": "hour", "d": "day",
    ]

    /// As it was written.
    let text: String
    /// How long it is; at least 1.
    let microseconds: Int64

    /// Reads a text; nil where it is no interval.
    ///
    /// Upper and lower case are the same.
    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy(\.isASCIIDigit), let count = Int64(parts[0]), count > 0,
            let unit = Self.units.first(where: { Self.spellings(of: $0.key).contains(parts[1].lowercased()) })
        else { return nil }
        let (length, isTooLong) = count.multipliedReportingOverflow(by: unit.value)
        self.text = text
        microseconds = isTooLong ? .max : length
    }

    /// What a text that is no interval was probably meant to be.
    static func nearest(to text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let words = text.dropFirst(digits.count).split(separator: " ")
        guard let count = Int64(digits), count > 0, words.count == 1, words[0].utf8.allSatisfy(\.isASCIILetter) else {
            return nil
        }
        let word = words[0].lowercased()
        let names = units.map(\.key).flatMap { spellings(of: $0) }
        guard let unit = abbreviations[word] ?? NearestName.nearest(to: word, in: names) else { return nil }
        let singular = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
        return "\(count) \(count == 1 ? singular : singular + "s")"
    }

    private static func spellings(of unit: String) -> [String] { [unit, unit + "s"] }
}
