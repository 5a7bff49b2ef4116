import TauroModel

/// What a dataset says of its rows whatever their format is: columns with declared types, and days.
struct RowSelection {
    let columns: [(name: String, type: String)]
    var dateFilter: ReadRequest.DateFilter?
    /// Columns that stand behind all others.
    var lastNames: [String] = []

    /// What columns are computed from that do not lie in the files as what they are.
    var expressions: [(name: String, expression: String)] = []

    /// What stands after `SELECT`: all columns, those with a declared type cast.
    var columnList: String {
        let last = lastNames.map { identifier($0) }
        let others = last.isEmpty ? "*" : "* EXCLUDE (\(last.joined(separator: ", ")))"
        if columns.isEmpty, expressions.isEmpty { return ([others] + last).joined(separator: ", ") }
        let computed = Dictionary(expressions.map { ($0.name.lowercased(), $0.expression) }) { first, _ in first }
        let declared = Set(columns.map { $0.name.lowercased() })
        let casts =
            columns.map { column in
                let value = computed[column.name.lowercased()] ?? identifier(column.name)
                return "CAST(\(value) AS \(column.type)) AS \(identifier(column.name))"
            }
            + expressions.filter { !declared.contains($0.name.lowercased()) }
            .map { "\($0.expression) AS \(identifier($0.name))" }
        return (["\(others) REPLACE (\(casts.joined(separator: ", ")))"] + last).joined(separator: ", ")
    }

    /// What stands after the source of the rows: inclusive days, from the first one at 00:00 to before the day after the
    /// last one, for timestamps too.
    var condition: String {
        guard let filter = dateFilter else { return "" }
        let column = identifier(filter.column)
        let bounds = [
            filter.start.map { "\(column) >= CAST(\(literal($0)) AS DATE)" },
            filter.end.map { "\(column) < CAST(\(literal($0)) AS DATE) + 1" },
        ].compactMap { $0 }
        return bounds.isEmpty ? "" : " WHERE " + bounds.joined(separator: " AND ")
    }

    /// - Throws: `SQLError` with the code `.invalid` for a type that is none.
    func checkTypes() throws(SQLError) {
        for column in columns {
            if SQLTypeName.isPlain(column.type) { continue }
            throw SQLError(.invalid, "column '\(column.name)': '\(column.type)' is no SQL type, for example DOUBLE")
        }
    }
}
