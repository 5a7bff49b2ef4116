/// What DuckDB says of a row of a csv file that it can not read: which file and line, what is wrong, what stands there.
struct BrokenRow: CustomStringConvertible {
    private let file: String
    private let line: String
    private let reason: String
    private let content: String

    /// Picks the facts out of DuckDB's text; nil where the text is about something else.
    init?(duckDB text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0.contains("CSV Error on Line: ") }),
            let file = BrokenRow.value(after: "  file = ", in: lines)
        else { return nil }
        let rest = lines[(first + 1)...]
        let reason = rest.prefix { !$0.isEmpty && !$0.hasPrefix("Possible ") }.filter {
            !$0.hasPrefix("Original Line: ")
        }
        self.file = file
        self.line = BrokenRow.value(after: "CSV Error on Line: ", in: lines) ?? "?"
        self.reason = reason.joined(separator: " ")
        self.content = BrokenRow.value(after: "Original Line: ", in: lines) ?? ""
    }

    var description: String {
        "\(file):\(line): \(reason); the row is: \(content)\n\(cure)"
    }

    private var cure: String {
        reason.contains("Number of Columns")
            ? "Correct the row, or say how the file is written: `delimiter`, `quote`, or `skip` for lines before the header."
            : "Correct the row, or declare a type for the column that takes it."
    }

    private static func value(after label: String, in lines: [Substring]) -> String? {
        for line in lines {
            if let place = line.firstRange(of: label) { return String(line[place.upperBound...]) }
        }
        return nil
    }
}
