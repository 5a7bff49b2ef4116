import TauroBasics
import TauroModel

extension ReadRequest {
    private static let csvOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "delimiter": ("delim", .string), "quote": ("quote", .string), "escape": ("escape", .string),
        "header": ("header", .bool), "nullstr": ("nullstr", .strings), "encoding": ("encoding", .string),
        "skip": ("skip", .integer), "compression": ("compression", .string), "comment": ("comment", .string),
        "decimal_separator": ("decimal_separator", .string), "dateformat": ("dateformat", .string),
        "timestampformat": ("timestampformat", .string),
    ]

    /// Lines as long as DuckDB's own buffer, which its limit for them is a part of otherwise.
    private static let longLines = ["max_line_size = 32000000", "buffer_size = 32000000"]

    /// The `SELECT` that reads these rows; with `dialect`, without another look at how the file is written.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an option or a type that can not be.
    func query(_ dialect: CSVDialect? = nil) throws(SQLError) -> String {
        guard !files.isEmpty else { throw SQLError(.io, "there is no \(format.rawValue) file to read") }
        guard format.isEmbedded else { throw SQLError(.unsupported, "DuckDB does not read \(format.rawValue)") }
        try RowSelection(columns: columns + (stored?.columns ?? [])).checkTypes()
        if format == .delta { return try deltaQuery() }
        let list = "[" + files.map { literal(escapingGlob($0)) }.joined(separator: ", ") + "]"
        let arguments = [list] + (try partitionArguments()) + (try readerArguments(dialect))
        let reader = "read_\(format.rawValue)(\(arguments.joined(separator: ", ")))"
        return "SELECT \(rows.columnList) FROM \(reader)\(rows.condition)"
    }

    /// The query that looks at how the file is written, as one JSON object; nil where there is not one csv file.
    func sniffQuery() throws(SQLError) -> String? {
        guard format == .csv, stored == nil, partition.isEmpty, files.count == 1, let file = files.first else {
            return nil
        }
        let arguments = [literal(escapingGlob(file))] + (try readerArguments(nil))
        return "SELECT CAST(to_json(found) AS VARCHAR) FROM sniff_csv(\(arguments.joined(separator: ", "))) AS found"
    }

    private func partitionArguments() throws(SQLError) -> [String] {
        try RowSelection(columns: partition.compactMap { column in column.type.map { (column.name, $0) } }).checkTypes()
        let types = partition.compactMap { column in
            column.type.map { "\(literal(column.name)): \(literal($0))" }
        }
        return ["hive_partitioning = \(!partition.isEmpty)"]
            + (types.isEmpty ? [] : ["hive_types = {\(types.joined(separator: ", "))}"])
            + (unitesColumns ? ["union_by_name = true"] : [])
    }

    private func readerArguments(_ dialect: CSVDialect?) throws(SQLError) -> [String] {
        switch format {
        case .csv:
            if let dialect { return try dialect.arguments(beside: options, ReadRequest.csvOptions) }
            if let stored { return try storedArguments(stored) }
            var arguments = try options.arguments(ReadRequest.csvOptions, of: format)
            let types = columns.map { "\(literal($0.name)): \(literal($0.type))" }
            if !types.isEmpty { arguments.append("types = {\(types.joined(separator: ", "))}") }
            return arguments
        case .json:
            let layout = try options.jsonLayout(of: format)
            return (layout.map { ["format = \(literal($0 ? "array" : "newline_delimited"))"] } ?? [])
                + (options.jsonCompression.map { ["compression = \(literal($0))"] } ?? [])
                + (stored.map { ["columns = \($0.types(in: format))"] } ?? [])
        case .arrow, .avro, .delta, .orc, .parquet: return try options.arguments([:], of: format)
        }
    }

    /// How a csv is read that the house itself wrote: nothing has to be found out, and an empty text in quotes is no NULL.
    private func storedArguments(_ stored: StoredColumns) throws(SQLError) -> [String] {
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

    private func deltaQuery() throws(SQLError) -> String {
        let addresses = files.map { literal(access == nil ? ReadRequest.address(of: $0) : $0) }
        let arguments = addresses + (try options.arguments(["version": ("version", .integer)], of: format))
        return "SELECT \(rows.columnList) FROM delta_scan(\(arguments.joined(separator: ", ")))\(rows.condition)"
    }

    /// A path as a `file:` URL (RFC 8089), which is what the reader of Delta tables makes of every path.
    private static func address(of path: String) -> String { "file://" + PercentEncoding.encode(path, plain: "/-._~") }

    /// Declared types are part of reading a csv; elsewhere the file has types, and the columns are cast.
    private var rows: RowSelection {
        RowSelection(
            columns: format == .csv && stored == nil ? [] : columns,
            dateFilter: dateFilter,
            lastNames: partition.map(\.name),
            expressions: (stored?.columns ?? []).compactMap { column in
                PlainForm(column.type, in: format).read(identifier(column.name)).map { (column.name, $0) }
            }
        )
    }

    /// DuckDB takes every path for a pattern; a class of one character stands for itself.
    ///
    /// Not so of addresses that it looks for nothing at.
    private func escapingGlob(_ path: String) -> String {
        access?.service == .http ? path : literalGlob(path)
    }
}

/// A pattern of DuckDB's that matches a path and nothing else.
func literalGlob(_ path: String) -> String {
    path.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
}
