/// What DuckDB says of a json record that it can not read: which file and line, and what is wrong.
struct BrokenJSONRow: CustomStringConvertible {
    private let place: String
    private let reason: String

    /// Picks the facts out of DuckDB's text; nil where the text is about something else.
    init?(duckDB text: String) {
        guard let start = text.firstRange(of: "JSON transform error in file \""),
            let end = text[start.upperBound...].firstRange(of: "\", in ")
        else { return nil }
        let rest = text[end.upperBound...].prefix { $0 != "\n" }
        let unit = rest.prefix { $0 != " " }
        let number = rest.dropFirst(unit.count + 1).prefix { $0.isNumber }
        let file = text[start.upperBound..<end.lowerBound]
        // A record of an array has no line of its own.
        place = unit == "line" ? "\(file):\(number)" : "\(file), \(unit) \(number)"
        let said = rest.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
        reason = said.isEmpty ? "a value is of another kind than those before it" : String(said)
    }

    var description: String {
        "\(place): \(reason)\nCorrect the record, or declare a type for the column that takes it."
    }
}
