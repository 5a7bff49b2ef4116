import TauroBasics
import TauroEngine

/// What the log says of the values in a file, so that readers can leave it out.
///
/// Source: the Delta Transaction Log Protocol, section "Per-file Statistics". Ends are told of columns whose values are
/// surely ordered as every reader orders them; where nothing is said, nothing is left out.
enum DeltaStatistics {
    /// How many columns are told of, from the first one: what other writers do unless a table says otherwise.
    private static let columnLimit = 32
    /// Longer texts may have been cut.
    private static let textLimit = 128
    private static let wholeNumbers: Set<String> = ["byte", "short", "integer", "long"]

    /// The statistics as the text that the log holds.
    static func text(_ file: WrittenFile, _ columns: [DeltaColumn]) -> String {
        var (least, greatest, nulls): ([JSONValue.Member], [JSONValue.Member], [JSONValue.Member]) = ([], [], [])
        for column in columns.prefix(columnLimit) {
            guard let type = column.type.text, let summary = file.columns[column.name] else { continue }
            if let count = summary.nullCount { nulls.append(.init(column.name, .integer(count))) }
            guard let low = value(summary.least, type, summary), let high = value(summary.greatest, type, summary)
            else {
                continue
            }
            least.append(.init(column.name, low))
            greatest.append(.init(column.name, high))
        }
        let statistics: JSONValue = [
            "numRecords": .integer(file.rows), "minValues": .object(least), "maxValues": .object(greatest),
            "nullCount": .object(nulls),
        ]
        return statistics.text()
    }

    private static func value(_ text: String?, _ type: String, _ summary: WrittenFile.Summary) -> JSONValue? {
        guard let text else { return nil }
        switch type {
        case _ where wholeNumbers.contains(type): return Int64(text).map { .integer($0) }
        case "float", "double":
            guard !summary.hasNaN, let number = Double(text), number.isFinite else { return nil }
            return .double(number)
        case "string": return text.utf8.count <= textLimit ? .string(text) : nil
        case "date": return Day(text) == nil ? nil : .string(text)
        default: return nil
        }
    }
}
