import TauroBasics
import TauroModel

/// What DuckDB finds out about a csv file by looking at its first rows: how it is written, and its columns' types.
///
/// DuckDB looks anew whenever a query names the file. Looking once and saying what was found saves that work; the file
/// is then read as it would be otherwise.
struct CSVDialect {
    /// The arguments of `read_csv` that say it, besides the file and the options the dataset states itself.
    private let found: [String]
    /// Those that count where the dataset states none itself, by its options.
    private let formats: [String: String]

    /// Reads one row of `sniff_csv` as a JSON object; nil where it holds anything unexpected, so that DuckDB had better
    /// look for itself.
    init?(json: String) {
        guard let found = try? JSONValue(parsing: json), let columns = CSVDialect.columns(found["Columns"]) else {
            return nil
        }
        var arguments = ["auto_detect = false", columns]
        for (key, name) in CSVDialect.texts {
            guard case .string(let text)? = found[key] else { return nil }
            arguments.append("\(name) = \(literal(text == "(empty)" ? "" : text))")
        }
        guard case .string(let lineEnd)? = found["NewLineDelimiter"], ["\\n", "\\r", "\\r\\n"].contains(lineEnd),
            case .integer(let skip)? = found["SkipRows"], case .bool(let header)? = found["HasHeader"]
        else { return nil }
        arguments += ["new_line = \(literal(lineEnd))", "skip = \(skip)", "header = \(header)"]
        var formats: [String: String] = [:]
        for (key, name) in [("DateFormat", "dateformat"), ("TimestampFormat", "timestampformat")] {
            guard case .string(let format)? = found[key], format != CSVDialect.ownDateFormat else { continue }
            formats[name] = "\(name) = \(literal(format))"
        }
        self.found = arguments
        self.formats = formats
    }

    /// What was found, and the options beside it that it does not replace.
    func arguments(
        beside options: [String: BulkOption],
        _ known: [String: (name: String, kind: BulkOption.Kind)]
    ) throws(SQLError) -> [String] {
        let stated = options.filter { !CSVDialect.replacedOptions.contains($0.key) }
        let formats = formats.filter { options[$0.key] == nil }.sorted { $0.key < $1.key }.map(\.value)
        return found + formats + (try stated.arguments(known, of: .csv))
    }

    /// The options that are found anew, so that what was found replaces them.
    private static let replacedOptions: Set<String> = ["delimiter", "quote", "escape", "header", "skip", "comment"]

    /// How DuckDB reads dates where nothing is said.
    ///
    /// That is faster than the same said, and more lenient: what begins like this is not the only thing it takes.
    private static let ownDateFormat = "%Y-%m-%d"

    private static let texts = [
        ("Delimiter", "delim"), ("Quote", "quote"), ("Escape", "escape"), ("Comment", "comment"),
    ]

    /// `columns = {…}`; nil where two names differ by case alone, which DuckDB takes for one.
    private static func columns(_ value: JSONValue?) -> String? {
        guard case .array(let columns)? = value, !columns.isEmpty else { return nil }
        var entries: [String] = []
        var names: Set<String> = []
        for column in columns {
            guard case .string(let name)? = column["name"], case .string(let type)? = column["type"],
                names.insert(name.lowercased()).inserted
            else { return nil }
            entries.append("\(literal(name)): \(literal(type))")
        }
        return "columns = {\(entries.joined(separator: ", "))}"
    }
}
