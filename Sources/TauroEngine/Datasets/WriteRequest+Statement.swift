import TauroModel

extension WriteRequest {
    private static let csvOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "delimiter": ("DELIMITER", .string), "quote": ("QUOTE", .string), "escape": ("ESCAPE", .string),
        "header": ("HEADER", .bool), "nullstr": ("NULLSTR", .string),
        "compression": ("COMPRESSION", .string), "dateformat": ("DATEFORMAT", .string),
        "timestampformat": ("TIMESTAMPFORMAT", .string),
    ]
    private static let parquetOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "compression": ("COMPRESSION", .string), "row_group_size": ("ROW_GROUP_SIZE", .integer),
        "compression_level": ("COMPRESSION_LEVEL", .integer),
    ]

    /// The `COPY` that writes all rows of a table.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an option that can not be.
    func statement(from table: String) throws(SQLError) -> String {
        if let division { return try statement(from: table, division) }
        let arguments = ["FORMAT \(format.rawValue)"] + (try writerArguments())
        let selection = columns.map { $0.map(written).joined(separator: ", ") } ?? allColumns
        return copy("SELECT \(selection) FROM \(identifier(table))", arguments)
    }

    private var allColumns: String {
        let replaced = types.map(\.name).filter { form(of: $0) != nil }
        return replaced.isEmpty ? "*" : "* REPLACE (\(replaced.map(written).joined(separator: ", ")))"
    }

    /// A column as it lies in the file, under its name.
    private func written(_ column: String) -> String {
        form(of: column).map { "\($0) AS \(identifier(column))" } ?? identifier(column)
    }

    /// What a column is written as; nil for the column itself.
    private func form(of column: String) -> String? {
        types.first { $0.name == column }.flatMap { PlainForm($0.type, in: format).written(identifier(column)) }
    }

    private func statement(from table: String, _ division: Division) throws(SQLError) -> String {
        let divided = division.columns.map(identifier).joined(separator: ", ")
        var selection = fileColumns + division.columns.map(identifier)
        var directories = divided
        if let most = division.maxRowsPerFile {
            let number = identifier(Division.fileColumn)
            selection.append("(row_number() OVER (PARTITION BY \(divided)) - 1) // \(most) AS \(number)")
            directories += ", \(number)"
        }
        let arguments =
            try dividedArguments() + ["PARTITION_BY (\(directories))", "FILENAME_PATTERN 'rows{i}'"]
        return copy("SELECT \(selection.joined(separator: ", ")) FROM \(identifier(table))", arguments)
    }

    /// DuckDB divides csv and parquet alone, so a line of json goes as a csv of one column.
    private var fileColumns: [String] {
        let names = columns ?? []
        guard format == .json else { return names.map(written) }
        let members = names.map { "\(identifier($0)) := \(form(of: $0) ?? identifier($0))" }.joined(separator: ", ")
        return ["to_json(struct_pack(\(members)))"]
    }

    private func dividedArguments() throws(SQLError) -> [String] {
        guard format == .json else { return ["FORMAT \(format.rawValue)"] + (try writerArguments()) }
        if try options.jsonLayout(of: format) == true {
            throw SQLError(.unsupported, "a json array can not be divided into directories; use the layout lines")
        }
        return ["FORMAT csv", "HEADER false", "QUOTE ''", "ESCAPE ''", "DELIMITER '\n'", "NULLSTR ''"]
            + jsonCompression
    }

    private var jsonCompression: [String] { options.jsonCompression.map { ["COMPRESSION \($0)"] } ?? [] }

    private func copy(_ query: String, _ arguments: [String]) -> String {
        let all = arguments + (describesFiles ? ["RETURN_STATS"] : [])
        return "COPY (\(query)) TO \(literal(file)) (\(all.joined(separator: ", ")))"
    }

    private func writerArguments() throws(SQLError) -> [String] {
        switch format {
        case .avro, .delta: throw SQLError(.unsupported, "the engine reads \(format.rawValue), but does not write it")
        case .arrow, .orc: throw SQLError(.unsupported, "DuckDB does not write \(format.rawValue)")
        case .csv:
            let header = options["header"] == nil ? ["HEADER true"] : []
            let isQuoted = options["quote_all"] == .bool(true) ? ["FORCE_QUOTE *"] : []
            var options = options
            options["quote_all"] = nil
            // The reader of what is stored takes the one for the other.
            if options["escape"] == nil { options["escape"] = options["quote"] }
            return header + isQuoted
                + (try options.arguments(WriteRequest.csvOptions, of: format, separator: " "))
        case .json: return (try options.jsonLayout(of: format).map { ["ARRAY \($0)"] } ?? []) + jsonCompression
        case .parquet: return try options.arguments(WriteRequest.parquetOptions, of: format, separator: " ")
        }
    }
}
