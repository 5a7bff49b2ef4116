import TauroModel

/// How json files are read that others wrote: no value changes by the type that its member has in the first rows.
///
/// What is of another kind altogether, and a new member, DuckDB refuses itself.
struct FoundJSON {
    let look: FoundColumns
    private var request: ReadRequest { look.request }

    /// Members as they are written, whatever they are.
    private static let asWritten = "maximum_depth = 1"
    private static let lookingAtAllRows = "sample_size = -1"

    /// The `SELECT` that reads them.
    func query() throws -> String {
        let stated = try request.jsonArguments()
        let columns = try columns(stated)
        // Values that are no records are a column of this name, which is no member.
        if columns.map(\.name) == ["json"] { return try request.query(stated) }
        return columns.contains { FoundJSON.isNested($0.type) }
            ? try nestedQuery(stated) : try flatQuery(columns, stated)
    }

    /// Reads members as they are written, looks at them, and gives them their types.
    private func flatQuery(_ columns: [(name: String, type: String)], _ stated: [String]) throws -> String {
        let arguments = stated + [FoundJSON.asWritten]
        let targets = try targets(of: columns)
        let expressions = columns.compactMap { column -> (name: String, expression: String)? in
            if column.type == "JSON" { return nil }
            let wanted = (name: column.name, type: targets[column.name] ?? column.type)
            let text = "(\(identifier(column.name)) ->> '$')"
            guard let kind = PlainText(keeping: wanted.type) else {
                return (column.name, "CAST(\(text) AS \(wanted.type))")
            }
            // A text that looks like a number is none, where members are numbers.
            let isText = ["VARCHAR", "DATE"].contains(column.type) || column.type.hasPrefix("TIME")
            let written = isText ? text : "CAST(\(identifier(column.name)) AS VARCHAR)"
            return (column.name, look.checked(wanted, as: kind, text: written, arguments: arguments))
        }
        return try request.query(arguments, expressions: expressions)
    }

    /// Inside of lists and objects values can not be looked at one by one, so that all rows have their say in the types.
    private func nestedQuery(_ stated: [String]) throws -> String {
        let types = try columns(stated + [FoundJSON.lookingAtAllRows])
            .map { "\(literal($0.name)): \(literal($0.type))" }.joined(separator: ", ")
        return try request.query(stated + ["columns = {\(types)}"])
    }

    private func columns(_ arguments: [String]) throws -> [(name: String, type: String)] {
        try look.columns(of: "SELECT * FROM \(request.reader(arguments))").filter { column in
            !request.partition.contains { $0.name.lowercased() == column.name.lowercased() }
        }
    }

    /// The declared types as DuckDB writes them, by the columns' names.
    private func targets(of columns: [(name: String, type: String)]) throws -> [String: String] {
        let declared = columns.compactMap { column in
            request.columns.first { $0.name.lowercased() == column.name.lowercased() }.map { (column.name, $0.type) }
        }
        if declared.isEmpty { return [:] }
        let list = declared.map { "CAST(NULL AS \($0.1)) AS \(identifier($0.0))" }.joined(separator: ", ")
        let types = try look.columns(of: "SELECT \(list)")
        return Dictionary(types.map { ($0.name, $0.type) }) { first, _ in first }
    }

    private static func isNested(_ type: String) -> Bool {
        type.hasSuffix("]") || type.hasPrefix("STRUCT(") || type.hasPrefix("MAP(")
    }
}
