import TauroBasics
import TauroModel

/// What DuckDB finds out about a csv file by looking at its first rows: how it is written, and its columns' types.
///
/// DuckDB looks anew whenever a query names the file. Looking once and saying what was found saves that work.
struct CSVDialect {
    /// The arguments of `read_csv` that say how the file is written.
    let arguments: [String]
    /// Those that count where the dataset states none itself, by its options.
    let formats: [String: String]
    /// All columns, with types as DuckDB writes them.
    let columns: [(name: String, type: String)]

    /// The options that are found anew, so that what was found replaces them.
    static let foundOptions: Set<String> = ["delimiter", "quote", "escape", "header", "skip", "comment"]

    /// Reads one row of `sniff_csv` as a JSON object; nil where it holds anything unexpected, so that DuckDB had better
    /// look for itself.
    init?(json: String) {
        guard let found = try? JSONValue(parsing: json), let columns = CSVDialect.columns(found["Columns"]) else {
            return nil
        }
        var arguments = ["auto_detect = false"]
        for (key, name) in CSVDialect.texts {
            guard case .string(let text)? = found[key] else { return nil }
            arguments.append("\(name) = \(literal(CSVDialect.sign(text, for: key)))")
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
        self.arguments = arguments
        self.formats = formats
        self.columns = columns
    }

    /// How DuckDB reads dates where nothing is said.
    ///
    /// That is faster than the same said, and more lenient: what begins like this is not the only thing it takes.
    private static let ownDateFormat = "%Y-%m-%d"

    private static let texts = [
        ("Delimiter", "delim"), ("Quote", "quote"), ("Escape", "escape"), ("Comment", "comment"),
    ]

    /// A sign that was found; where the first rows have no quotes, later ones may have the usual ones.
    private static func sign(_ text: String, for key: String) -> String {
        guard text == "(empty)" else { return text }
        return key == "Quote" || key == "Escape" ? "\"" : ""
    }

    /// Nil where two names differ by case alone, which DuckDB takes for one.
    private static func columns(_ value: JSONValue?) -> [(name: String, type: String)]? {
        guard case .array(let columns)? = value, !columns.isEmpty else { return nil }
        var entries: [(name: String, type: String)] = []
        var names: Set<String> = []
        for column in columns {
            guard case .string(let name)? = column["name"], case .string(let type)? = column["type"],
                names.insert(name.lowercased()).inserted
            else { return nil }
            entries.append((name, type))
        }
        return entries
    }
}
