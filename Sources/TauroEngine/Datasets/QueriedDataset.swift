import TauroData
import TauroModel

/// A dataset that is the result of a query, computed anew for every stream.
///
/// Safe from any thread.
final class QueriedDataset: SelectSource {
    private let request: QueryRequest
    let engine: DuckDBEngine
    let knownSchema = KnownSchema()

    /// Creates a dataset; nothing is run yet.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a type that can not be.
    init(_ request: QueryRequest, engine: DuckDBEngine) throws(SQLError) {
        self.request = request
        self.engine = engine
        try rows.checkTypes()
    }

    private var rows: RowSelection { RowSelection(columns: request.columns, dateFilter: request.dateFilter) }

    /// The `SELECT` that computes it, and what must outlive its run.
    ///
    /// Tables are named inside the statement alone, so that those of two datasets never meet.
    func select(
        on connection: DuckDBConnection,
        _ cancellation: CancellationToken
    ) throws -> (text: String, leases: [FrameLease]) {
        var leases: [FrameLease] = []
        var tables: [String] = []
        for table in request.tables {
            let reader = try connection.reader(of: table.frame, named: table.name, cancellation)
            leases += reader.leases
            tables.append("\(identifier(table.name)) AS NOT MATERIALIZED (\(reader.text))")
        }
        let list = tables.isEmpty ? "" : "WITH \(tables.joined(separator: ", ")) "
        let source = QueriedDataset.enclosed(request.text)
        return ("\(list)SELECT \(rows.columnList) FROM \(source)\(rows.condition)", leases)
    }

    /// The statement as a part of another one; the lines keep a comment at its end from reaching further.
    static func enclosed(_ query: String) -> String {
        var text = query[...]
        while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
        return "(\n\(text)\n)"
    }
}
