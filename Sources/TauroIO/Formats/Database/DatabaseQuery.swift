import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// How the rows of a dataset are asked for, and what becomes of the columns as they arrive.
struct DatabaseQuery {
    /// The query that is sent.
    let text: String
    /// The types that columns of the database were made with, where the driver does not tell them, by lowercase name.
    let declared: [String: String]
    /// The filter that the engine holds; nil where the database does, or there is none.
    let filter: ReadRequest.DateFilter?

    /// Asks the database what it has to know.
    init(
        _ settings: DatabaseSettings,
        filter: ReadRequest.DateFilter?,
        on connection: ADBCConnection
    ) throws {
        let asked = filter.flatMap { $0.start == nil && $0.end == nil ? nil : $0 }
        guard let table = settings.table else {
            text = settings.query ?? ""
            declared = [:]
            self.filter = asked
            return
        }
        let condition = asked.flatMap {
            settings.dialect.condition(column: $0.column, start: $0.start, end: $0.end)
        }
        self.filter = condition == nil ? asked : nil
        let columns = settings.dialect == .sqlite ? try SQLiteColumns(table, on: connection).all : []
        declared = Dictionary(columns.map { ($0.name.lowercased(), $0.type.uppercased()) }) { first, _ in first }
        let list = columns.map { SQLiteTypes.selection($0.name, madeAs: $0.type.uppercased()) }
        text =
            "SELECT \(list.isEmpty ? "*" : list.joined(separator: ", ")) FROM \(table.quoted)"
            + (condition.map { " WHERE \($0)" } ?? "")
    }

    /// The query for the columns without rows.
    var emptyText: String { "SELECT * FROM (\n\(DatabaseQuery.stripped(text))\n) AS tauro_rows WHERE 1 = 0" }

    private static func stripped(_ query: String) -> String {
        var text = query[...]
        while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
        return String(text)
    }
}
