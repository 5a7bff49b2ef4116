import TauroModel

extension ReadRequest {
    private static let csvOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "delimiter": ("delim", .string), "quote": ("quote", .string), "escape": ("escape", .string),
        "header": ("header", .bool), "nullstr": ("nullstr", .strings), "encoding": ("encoding", .string),
        "skip": ("skip", .integer),
    ]

    /// The `SELECT` that reads these rows; with `dialect`, without another look at how the file is written.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an option or a type that can not be.
    func query(_ dialect: CSVDialect? = nil) throws(SQLError) -> String {
        guard !files.isEmpty else { throw SQLError(.io, "there is no \(format.rawValue) file to read") }
        guard format.isEmbedded else { throw SQLError(.unsupported, "DuckDB does not read \(format.rawValue)") }
        try RowSelection(columns: columns).checkTypes()
        if format == .delta { return try deltaQuery() }
        let list = "[" + files.map { literal(escapingGlob($0)) }.joined(separator: ", ") + "]"
        let arguments = [list] + (try partitionArguments()) + (try readerArguments(dialect))
        let reader = "read_\(format.rawValue)(\(arguments.joined(separator: ", ")))"
        return "SELECT \(rows.columnList) FROM \(reader)\(rows.condition)"
    }

    /// The query that looks at how the file is written, as one JSON object; nil where there is not one csv file.
    func sniffQuery() throws(SQLError) -> String? {
        guard format == .csv, partition.isEmpty, files.count == 1, let file = files.first else { return nil }
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
            if let dialect {
                let stated = options.filter { !CSVDialect.replacedOptions.contains($0.key) }
                return dialect.arguments + (try stated.arguments(ReadRequest.csvOptions, of: format))
            }
            var arguments = try options.arguments(ReadRequest.csvOptions, of: format)
            let types = columns.map { "\(literal($0.name)): \(literal($0.type))" }
            if !types.isEmpty { arguments.append("types = {\(types.joined(separator: ", "))}") }
            return arguments
        case .json:
            return try options.jsonLayout(of: format).map {
                ["format = \(literal($0 ? "array" : "newline_delimited"))"]
            }
                ?? []
        case .arrow, .avro, .delta, .orc, .parquet: return try options.arguments([:], of: format)
        }
    }

    private func deltaQuery() throws(SQLError) -> String {
        let addresses = files.map { literal(access == nil ? ReadRequest.address(of: $0) : $0) }
        let arguments = addresses + (try options.arguments(["version": ("version", .integer)], of: format))
        return "SELECT \(rows.columnList) FROM delta_scan(\(arguments.joined(separator: ", ")))\(rows.condition)"
    }

    /// A path as a `file:` URL (RFC 8089), which is what the reader of Delta tables makes of every path.
    private static func address(of path: String) -> String {
        var address = "file://"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                address.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                address += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return address
    }

    /// Declared types are part of reading a csv; elsewhere the file has types, and the columns are cast.
    private var rows: RowSelection {
        RowSelection(
            columns: format == .csv ? [] : columns,
            dateFilter: dateFilter,
            lastNames: partition.map(\.name)
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
