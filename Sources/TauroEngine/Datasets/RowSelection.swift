import TauroModel

/// What a dataset says of its rows whatever their format is: columns with declared types, and days.
struct RowSelection {
    let columns: [(name: String, type: String)]
    var dateFilter: ReadRequest.DateFilter?
    /// Columns that stand behind all others.
    var lastNames: [String] = []

    /// What stands after `SELECT`: all columns, those with a declared type cast.
    var columnList: String {
        let last = lastNames.map { identifier($0) }
        let others = last.isEmpty ? "*" : "* EXCLUDE (\(last.joined(separator: ", ")))"
        if columns.isEmpty { return ([others] + last).joined(separator: ", ") }
        let casts = columns.map { "CAST(\(identifier($0.name)) AS \($0.type)) AS \(identifier($0.name))" }
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
            let isPlain = column.type.allSatisfy { $0.isLetter || $0.isNumber || " _(),[]\"".contains($0) }
            if isPlain, !column.type.isEmpty { continue }
            throw SQLError(.invalid, "column '\(column.name)': '\(column.type)' is no SQL type, for example DOUBLE")
        }
    }
}
