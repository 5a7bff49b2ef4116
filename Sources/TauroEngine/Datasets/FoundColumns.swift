import TauroData
import TauroModel

/// Finds out how csv and json files are read that others wrote, such that no row is lost and no value changed.
struct FoundColumns {
    let request: ReadRequest
    let connection: DuckDBConnection

    /// The `SELECT` that reads them.
    ///
    /// - Throws: `SQLError` that names file and line of what can not be read.
    func query() throws -> String {
        switch request.format {
        case .csv: try FoundCSV(look: self).query()
        default: try FoundJSON(look: self).query()
        }
    }

    /// What a column is computed as that has a type in the files' query, and lies there as text; `text` is that.
    ///
    /// What looks like a value, and is none, such as a 32nd of a month, is refused as what does not.
    func checked(
        _ column: (name: String, type: String),
        as kind: PlainText,
        text: String,
        arguments: [String]
    ) -> String {
        let number = number(of: column, arguments: arguments)
        if kind.isRead { return "\(kind.functionName)(\(number), \(text))" }
        let refused = "CAST(\(PlainText.none.functionName)(\(number), \(text)) AS \(column.type))"
        return "coalesce(TRY_CAST(\(kind.functionName)(\(number), \(text)) AS \(column.type)), \(refused))"
    }

    /// The number that a column's checks know it by; with the reader's `arguments` it lies in the files as it is checked.
    func number(of column: (name: String, type: String), arguments: [String]) -> Int64 {
        connection.database.checkedColumns.number(
            of: CheckedColumn(
                name: column.name,
                type: column.type,
                isFound: !request.columns.contains { $0.name.lowercased() == column.name.lowercased() },
                format: request.format,
                files: request.files,
                arePatterns: request.access?.service != .http,
                arguments: arguments
            )
        )
    }

    /// The columns of a `SELECT`, with types as DuckDB writes them.
    func columns(of select: String) throws -> [(name: String, type: String)] {
        let batches = try rows("DESCRIBE \(select)")
        return try batches.flatMap { batch in
            let names = try batch.column("column_name", as: String.self)
            let types = try batch.column("column_type", as: String.self)
            return (0..<batch.rowCount).map { (names[$0] ?? "", types[$0] ?? "") }
        }
    }

    /// The text in the first row and column of a query; nil where there is none.
    func text(of query: String) throws -> String? {
        try rows(query).first?.column(at: 0).values(as: String.self).first.flatMap { $0 }
    }

    private func rows(_ query: String) throws -> [RecordBatch] {
        let token = CancellationToken()
        let stream = try QueryStream(
            try connection.prepare(query).run(cancellation: token),
            leases: [],
            cancellation: token
        )
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        return batches
    }
}
