import TauroBasics
import TauroModel

/// Finds the tables that a query reads in its syntax tree: those that are not subqueries with names.
struct QueryTables {
    /// The names as the query writes them, each once, in the order of the text.
    private(set) var names: [String] = []
    private var known: Set<String> = []

    /// Looks at a tree of `json_serialize_sql`.
    init(of statement: JSONValue) {
        collect(statement, subqueries: [])
    }

    /// A subquery sees those before it, and itself only where it is recursive; what follows them sees them all.
    private mutating func collect(_ value: JSONValue, subqueries: Set<String>) {
        var inner = subqueries
        if case .array(let entries)? = value["cte_map"]?["map"] {
            for entry in entries {
                collect(entry, subqueries: inner)
                if case .string(let name)? = entry["key"] { inner.insert(name.lowercased()) }
            }
        }
        if case .string(let name)? = value["cte_name"] { inner.insert(name.lowercased()) }
        if value["type"] == "BASE_TABLE", case .string(let name)? = value["table_name"],
            !inner.contains(name.lowercased()), known.insert(name.lowercased()).inserted
        {
            names.append(name)
        }
        switch value {
        case .object(let members):
            for member in members where member.key != "cte_map" { collect(member.value, subqueries: inner) }
        case .array(let elements): for element in elements { collect(element, subqueries: inner) }
        default: break
        }
    }
}
