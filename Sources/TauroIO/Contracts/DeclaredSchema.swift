import TauroData
import TauroModel

/// Compares the declared columns of a dataset with those of a table.
struct DeclaredSchema {
    let contract: DataContract
    let columns: CheckedColumns
    let frame: Frame
    let sql: any SQLRunner
    let cancellation: CancellationToken

    /// What came of it; nil where the dataset declares no columns.
    func result() throws -> CheckResult? {
        if contract.columns.isEmpty { return nil }
        let missing = contract.columns.filter { columns[$0.name] == nil }
        var problems = missing.map { (column: $0.name, text: columns.missing($0.name)) }
        if contract.moment == .writing { problems += try differences() }
        return CheckResult(
            dataset: contract.dataset,
            check: "schema",
            columns: problems.map(\.column),
            status: problems.isEmpty ? .passed : .failed,
            message: problems.map(\.text).joined(separator: "; ")
        )
    }

    /// Columns of another type than declared, in the engine's own words for types.
    private func differences() throws -> [(column: String, text: String)] {
        let typed = contract.columns.compactMap { declared in
            declared.type.flatMap { type in columns[declared.name].map { (column: $0, type: type) } }
        }
        if typed.isEmpty { return [] }
        let pairs = typed.map { "typeof(\($0.column.identifier)), typeof(CAST(NULL AS \($0.type)))" }
        // One row of NULLs, whatever the table holds.
        let text =
            "SELECT \(pairs.joined(separator: ", ")) FROM (SELECT 1) LEFT JOIN (SELECT * FROM dataset LIMIT 0) ON true"
        let answer = try sql.run(SQLStatement(text: text, tables: [("dataset", frame)]), cancellation: cancellation)
        guard let batch = try answer.stream().next(), batch.rowCount == 1 else { return [] }
        let types = try (0..<(typed.count * 2)).map { place in
            try batch.column(at: place).values(as: String.self).first.flatMap(\.self) ?? ""
        }
        return typed.indices.compactMap { place in
            let (found, expected) = (types[place * 2], types[place * 2 + 1])
            if found == expected { return nil }
            let name = typed[place].column.name
            return (name, "column '\(name)' is \(found), declared as \(expected)")
        }
    }
}
