import TauroBasics
import TauroModel

/// How csv and json files are read.
extension ReadRequest {
    static let csvOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "delimiter": ("delim", .string), "quote": ("quote", .string), "escape": ("escape", .string),
        "header": ("header", .bool), "nullstr": ("nullstr", .strings), "encoding": ("encoding", .string),
        "skip": ("skip", .integer), "compression": ("compression", .string), "comment": ("comment", .string),
        "decimal_separator": ("decimal_separator", .string), "dateformat": ("dateformat", .string),
        "timestampformat": ("timestampformat", .string),
    ]

    /// Lines as long as DuckDB's own buffer, which its limit for them is a part of otherwise.
    private static let longLines = ["max_line_size = 32000000", "buffer_size = 32000000"]

    /// What is so unless options say it: left to itself, DuckDB guesses it from the first rows, and leaves out those that
    /// do not fit its guess.
    private static let csvDefaults: [String: BulkOption] = [
        "header": .bool(true), "skip": .integer(0), "comment": .string(""),
    ]

    /// Whether others wrote the files, so that their columns' types have to be found out.
    var isForeignText: Bool { (format == .csv || format == .json) && stored == nil }

    /// How a csv is read that others wrote; `types` are those of columns whose type is not found out.
    func csvArguments(
        delimiter: Character? = nil,
        types: [(name: String, type: String)]? = nil
    ) throws(SQLError) -> [String] {
        var stated = options.merging(ReadRequest.csvDefaults) { given, _ in given }
        if let delimiter, stated["delimiter"] == nil { stated["delimiter"] = .string(String(delimiter)) }
        let types = (types ?? columns).map { "\(literal($0.name)): \(literal($0.type))" }
        return try stated.arguments(ReadRequest.csvOptions, of: format) + ReadRequest.longLines
            + (types.isEmpty ? [] : ["types = {\(types.joined(separator: ", "))}"])
    }

    /// How a csv is read as `dialect` says, which was found with `csvArguments`; `columns` are all columns with their types.
    func csvArguments(
        _ dialect: CSVDialect,
        columns: [(name: String, type: String)]
    ) throws(SQLError) -> [String] {
        let stated = options.filter { !CSVDialect.foundOptions.contains($0.key) }
        let formats = dialect.formats.filter { options[$0.key] == nil }.sorted { $0.key < $1.key }.map(\.value)
        let types = columns.map { "\(literal($0.name)): \(literal($0.type))" }
        return dialect.arguments + formats + (try stated.arguments(ReadRequest.csvOptions, of: format))
            + ReadRequest.longLines + ["columns = {\(types.joined(separator: ", "))}"]
    }

    /// How a csv is read as lines of text: with a delimiter that is in no text, and without quotes.
    func csvLineArguments() throws(SQLError) -> [String] {
        let kept = options.filter { ["skip", "encoding", "compression", "comment"].contains($0.key) }
        return [
            "auto_detect = false", "delim = '\u{1}'", "quote = ''", "escape = ''", "header = false",
            "strict_mode = false",
            "columns = {'line': 'VARCHAR'}",
        ] + (try kept.arguments(ReadRequest.csvOptions, of: format)) + ReadRequest.longLines
    }

    /// How json is read that others wrote.
    func jsonArguments() throws(SQLError) -> [String] {
        let layout = try options.jsonLayout(of: format)
        return (layout.map { ["format = \(literal($0 ? "array" : "newline_delimited"))"] } ?? [])
            + (options.jsonCompression.map { ["compression = \(literal($0))"] } ?? [])
    }

    /// How a csv is read that the house itself wrote: nothing has to be found out, and an empty text in quotes is no NULL.
    func storedCSVArguments(_ stored: StoredColumns) throws(SQLError) -> [String] {
        let quote = options["quote"] ?? .string("\"")
        let written: [String: BulkOption] = [
            "delimiter": .string(","), "quote": quote, "escape": quote, "header": .bool(true),
        ]
        let stated = try options.merging(written) { given, _ in given }.arguments(ReadRequest.csvOptions, of: format)
        let types = stored.types(in: format)
        let columns =
            stored.areAll
            ? ["auto_detect = false", "new_line = '\\n'", "columns = \(types)"]
            : stored.columns.isEmpty ? [] : ["types = \(types)"]
        return stated + ["allow_quoted_nulls = false"] + ReadRequest.longLines + columns
    }
}
