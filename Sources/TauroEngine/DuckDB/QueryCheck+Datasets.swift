import TauroBasics
import TauroModel

extension QueryCheck {
    /// The tables that the query of a dataset reads, as it writes them, each once.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a query that can not be a dataset.
    static func tables(readBy text: String, on connection: DuckDBConnection) throws(SQLError) -> [String] {
        let rule = "a query is one SELECT or WITH statement"
        let statement = try parse(text, rule, on: connection)
        let names = QueryTables(of: statement).names
        _ = try QueryCheck(statement, tables: names, rule)
        if case .array(let parameters)? = statement["named_param_map"], let first = parameters.first {
            let name = if case .string(let text)? = first["key"] { text } else { "?" }
            throw SQLError(
                .invalid,
                "the query of a dataset has no parameters, but names $\(name); "
                    + "write values into it, for example '${start_date}'"
            )
        }
        do {
            _ = try parse("SELECT * FROM \(QueriedDataset.enclosed(text))", rule, on: connection)
        } catch {
            throw SQLError(.invalid, "\(rule); remove what follows the semicolon at its end")
        }
        return names
    }
}
