import TauroBasics
import TauroModel

/// Reads what a query does from its syntax tree, and refuses whatever is more than a question to its own tables.
///
/// The tree is DuckDB's own (`json_serialize_sql`), so what is checked is what runs.
struct QueryCheck {
    /// Table functions that read nothing but their arguments.
    private static let pureTableFunctions: Set<String> = [
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree",
    ]
    /// Functions that reach beyond the query.
    private static let refusedFunctions: Set<String> = [
        "current_setting", "getenv", "json_serialize_plan", "nextval", "currval", "write_log",
        // Of the extension for Delta Lake.
        "write_blob", "get_delta_test_expression",
    ]

    private let rule: String
    /// The names of the tables that the query has, in lower case.
    private let tables: [String: String]
    /// Names that the query gives to its own subqueries, in lower case.
    private var subqueries: Set<String> = []
    /// Which of the tables the query names.
    private(set) var used: Set<String> = []

    /// Checks a query.
    ///
    /// - Throws: `SQLError` with the code `.invalid`.
    init(text: String, tables: [String], on connection: DuckDBConnection) throws(SQLError) {
        let rule = "a node's SQL is one SELECT or WITH statement"
        try self.init(try QueryCheck.parse(text, rule, on: connection), tables: tables, rule)
    }

    /// Checks a query's syntax tree; `rule` begins what is said of other kinds of statements.
    init(_ statement: JSONValue, tables: [String], _ rule: String) throws(SQLError) {
        self.tables = Dictionary(tables.map { ($0.lowercased(), $0) }) { first, _ in first }
        self.rule = rule
        try collectSubqueries(statement)
        try check(statement)
    }

    static func parse(
        _ text: String,
        _ rule: String,
        on connection: DuckDBConnection
    ) throws(SQLError) -> JSONValue {
        guard !text.utf8.contains(0) else { throw SQLError(.invalid, "\(rule); this one holds a NUL byte") }
        let prepared = try connection.prepare(
            "SELECT CAST(json_serialize_sql(CAST($text AS VARCHAR)) AS VARCHAR) AS tree"
        )
        try prepared.bind([("text", .string(text))])
        let json = try prepared.run(cancellation: CancellationToken()).onlyText()
        let tree: JSONValue
        do {
            tree = try JSONValue(parsing: json)
        } catch {
            throw SQLError(.invalid, "the query is nested too deeply to be checked: \(error)")
        }
        if tree["error"] == true {
            // A syntax error: preparing says where. What does parse is not a SELECT.
            if tree["error_type"] == "parser" { _ = try connection.prepare(text) }
            throw SQLError(.invalid, "\(rule); this one is another kind")
        }
        guard case .array(let statements) = tree["statements"], statements.count == 1 else {
            throw SQLError(.invalid, "\(rule); this text has \(tree["statements"]?.count ?? 0)")
        }
        return statements[0]
    }

    private mutating func collectSubqueries(_ value: JSONValue) throws(SQLError) {
        if case .array(let entries) = value["cte_map"]?["map"] {
            for entry in entries { if case .string(let name) = entry["key"] { try add(name) } }
        }
        if case .string(let name) = value["cte_name"] { try add(name) }
        for child in value.children { try collectSubqueries(child) }
    }

    private mutating func add(_ name: String) throws(SQLError) {
        // Outside its scope such a name would be a file's.
        guard !name.contains(where: { "./\\:*".contains($0) }) else {
            throw SQLError(.invalid, "a subquery can not be called '\(name)': choose a plain word")
        }
        subqueries.insert(name.lowercased())
    }

    private mutating func check(_ value: JSONValue) throws(SQLError) {
        if case .string(let type) = value["type"] {
            switch type {
            case "BASE_TABLE": try checkTable(value)
            case "TABLE_FUNCTION": try checkTableFunction(value)
            case "SHOW_REF": throw SQLError(.invalid, "\(rule); DESCRIBE, SHOW and SUMMARIZE are none")
            default: break
            }
        }
        if value["class"] == "FUNCTION", case .string(let name) = value["function_name"],
            QueryCheck.refusedFunctions.contains(name.lowercased())
        {
            throw SQLError(.invalid, "the function \(name) is refused: it reaches beyond the query")
        }
        for child in value.children { try check(child) }
    }

    private mutating func checkTable(_ reference: JSONValue) throws(SQLError) {
        guard case .string(let name) = reference["table_name"] else { return }
        for qualifier in ["catalog_name", "schema_name"] {
            guard case .string(let text) = reference[qualifier], !text.isEmpty else { continue }
            throw SQLError(
                .invalid,
                "the table '\(text).\(name)' is refused: a query reads only its inputs, by their plain names; "
                    + "one that has a dot in it is written \"\(text).\(name)\""
            )
        }
        if tables[name.lowercased()] != nil {
            used.insert(name.lowercased())
        } else if !subqueries.contains(name.lowercased()) {
            throw unknown(name)
        }
    }

    private func unknown(_ name: String) -> SQLError {
        let names = tables.values.sorted()
        let list = names.isEmpty ? "none" : names.map { "'\($0)'" }.joined(separator: ", ")
        let nearest = NearestName.nearest(to: name, in: names).map { "; did you mean '\($0)'?" }
        let isFile = name.contains { "./".contains($0) }
        let file = "; a query can not read files: state the dataset as an input"
        return SQLError(
            .invalid,
            "no table '\(name)'; the query's tables are: \(list)\(nearest ?? (isFile ? file : ""))"
        )
    }

    private func checkTableFunction(_ reference: JSONValue) throws(SQLError) {
        guard case .string(let name) = reference["function"]?["function_name"] else {
            throw SQLError(.invalid, "a table function without a name is refused")
        }
        guard !QueryCheck.pureTableFunctions.contains(name.lowercased()) else { return }
        throw SQLError(
            .invalid,
            "the table function \(name) is refused: a query reads its inputs, never files, settings or databases; "
                + "allowed are \(QueryCheck.pureTableFunctions.sorted().joined(separator: ", "))"
        )
    }
}

extension JSONValue {
    /// The values of an object's members, or an array's elements.
    fileprivate var children: [JSONValue] {
        switch self {
        case .object(let members): members.map(\.value)
        case .array(let elements): elements
        default: []
        }
    }

    fileprivate var count: Int { children.count }
}
