import TauroBasics
import TauroModel

extension ReadRequest {
    /// The `SELECT` that reads these rows as DuckDB reads them.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an option or a type that can not be.
    func query() throws(SQLError) -> String {
        guard !files.isEmpty else { throw SQLError(.io, "there is no \(format.rawValue) file to read") }
        guard format.isEmbedded else { throw SQLError(.unsupported, "DuckDB does not read \(format.rawValue)") }
        try RowSelection(columns: columns + (stored?.columns ?? [])).checkTypes()
        return format == .delta ? try deltaQuery() : try query(readerArguments())
    }

    /// The `SELECT` that reads these rows with arguments of the format's reader; `expressions` compute columns of what lies
    /// in the files.
    func query(
        _ arguments: [String],
        expressions: [(name: String, expression: String)] = []
    ) throws(SQLError) -> String {
        let rows = rows(expressions)
        let selection = "SELECT \(rows.columnList) FROM \(try reader(arguments))"
        // Days are compared with what is computed, not with what lies in the files.
        return expressions.isEmpty || rows.condition.isEmpty
            ? selection + rows.condition : "SELECT * FROM (\(selection))\(rows.condition)"
    }

    /// The call of the format's reader, over all files.
    func reader(_ arguments: [String]) throws(SQLError) -> String {
        let list = "[" + files.map { literal(escapingGlob($0)) }.joined(separator: ", ") + "]"
        return "read_\(format.rawValue)(\(([list] + (try partitionArguments()) + arguments).joined(separator: ", ")))"
    }

    /// Whether files may have different columns because nobody held them to the same: DuckDB would leave out those that the
    /// first file lacks.
    private var isOfSeveralWriters: Bool {
        files.count > 1 && stored == nil && (format == .csv || format == .parquet)
    }

    private func partitionArguments() throws(SQLError) -> [String] {
        try RowSelection(columns: partition.compactMap { column in column.type.map { (column.name, $0) } }).checkTypes()
        let types = partition.compactMap { column in
            column.type.map { "\(literal(column.name)): \(literal($0))" }
        }
        return ["hive_partitioning = \(!partition.isEmpty)"]
            + (types.isEmpty ? [] : ["hive_types = {\(types.joined(separator: ", "))}"])
            + (unitesColumns || isOfSeveralWriters ? ["union_by_name = true"] : [])
    }

    private func readerArguments() throws(SQLError) -> [String] {
        switch format {
        case .csv:
            if let stored { return try storedCSVArguments(stored) }
            return try csvArguments()
        case .json: return try jsonArguments() + (stored.map { ["columns = \($0.types(in: format))"] } ?? [])
        case .arrow, .avro, .delta, .orc, .parquet: return try options.arguments([:], of: format)
        }
    }

    private func deltaQuery() throws(SQLError) -> String {
        let addresses = files.map { literal(access == nil ? ReadRequest.address(of: $0) : $0) }
        let arguments = addresses + (try options.arguments(["version": ("version", .integer)], of: format))
        return "SELECT \(rows().columnList) FROM delta_scan(\(arguments.joined(separator: ", ")))\(rows().condition)"
    }

    /// A path as a `file:` URL (RFC 8089), which is what the reader of Delta tables makes of every path.
    private static func address(of path: String) -> String { "file://" + PercentEncoding.encode(path, plain: "/-._~") }

    /// Declared types are part of reading a csv; elsewhere the file has types, and the columns are cast.
    private func rows(_ expressions: [(name: String, expression: String)] = []) -> RowSelection {
        RowSelection(
            columns: format == .csv && stored == nil ? [] : columns,
            dateFilter: dateFilter,
            lastNames: partition.map(\.name),
            expressions: expressions
                + (stored?.columns ?? []).compactMap { column in
                    PlainForm(column.type, in: format).read(identifier(column.name)).map { (column.name, $0) }
                }
        )
    }

    /// DuckDB takes every path for a pattern; a class of one character stands for itself.
    ///
    /// Not so of addresses that it looks for nothing at.
    func escapingGlob(_ path: String) -> String {
        access?.service == .http ? path : literalGlob(path)
    }
}

/// A pattern of DuckDB's that matches a path and nothing else.
func literalGlob(_ path: String) -> String {
    path.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
}
