import TauroBasics
import TauroModel

/// What databases differ in.
enum DatabaseDialect {
    case postgresql
    case sqlite
    /// Nothing is known of it but what ADBC and the SQL standard say.
    case other

    init(format: String) {
        self =
            switch format {
            case TableFormat.postgresql.name: .postgresql
            case TableFormat.sqlite.name: .sqlite
            default: .other
            }
    }

    /// The libraries that may be the driver, as `NativeParts.open` takes them.
    func libraries(named name: String?) -> [String] {
        if let name, name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        let word = name ?? (self == .sqlite ? "sqlite" : "postgresql")
        let file = word.hasSuffix(".so") || !word.ranges(of: ".so.").isEmpty ? word : "libadbc_driver_\(word).so"
        return ["adbc/\(file)", file]
    }

    /// The environment variable that may name the driver.
    var variable: String? {
        switch self {
        case .postgresql: "TAURO_ADBC_POSTGRESQL_LIBRARY"
        case .sqlite: "TAURO_ADBC_SQLITE_LIBRARY"
        case .other: nil
        }
    }

    /// What a new connection is told.
    func settings(_ dataset: DatasetDefinition) -> [String] {
        switch self {
        case .postgresql: return ["SET TIME ZONE 'UTC'", "SET lock_timeout = '10min'"]
        case .sqlite:
            guard case .integer(let wait)? = dataset.options["busy_timeout"]?.content else {
                return ["PRAGMA busy_timeout = 60000"]
            }
            return ["PRAGMA busy_timeout = \(wait)"]
        case .other: return []
        }
    }

    /// What a connection that only reads is told: the database itself refuses what changes something.
    var readingSettings: [String] {
        switch self {
        case .postgresql: ["SET default_transaction_read_only = on"]
        case .sqlite: ["PRAGMA query_only = 1"]
        case .other: []
        }
    }

    /// Options of a statement that reads.
    var readingOptions: [(name: String, value: String)] {
        // The driver tells a column's type from its first rows: the more, the surer.
        self == .sqlite ? [("adbc.sqlite.query.batch_rows", "65536")] : []
    }

    /// The query for whether there is a table, a view or the like; its answer is a row or none.
    func existence(of table: DatabaseTable) -> String {
        switch self {
        case .postgresql: "SELECT 'yes' WHERE to_regclass(\(SQLText.literal(table.quoted))) IS NOT NULL"
        case .sqlite:
            "SELECT name FROM \(catalog(of: table)) WHERE type IN ('table', 'view') AND lower(name) = "
                + "lower(\(SQLText.literal(table.name)))"
        case .other: "SELECT * FROM \(table.quoted) WHERE 1 = 0"
        }
    }

    /// The query for the names of all tables, as a dataset would name them; nil where none is known.
    func tables(like table: DatabaseTable) -> String? {
        switch self {
        case .postgresql:
            return
                "SELECT (CASE WHEN \(table.schema == nil ? "table_schema = current_schema()" : "false") THEN '' ELSE "
                + "table_schema || '.' END || table_name)::text FROM information_schema.tables LIMIT 10000"
        case .sqlite:
            let prefix = table.schema.map { SQLText.literal($0 + ".") } ?? "''"
            return "SELECT \(prefix) || name FROM \(catalog(of: table)) WHERE type IN ('table', 'view')"
        case .other: return nil
        }
    }

    /// The condition for the days of a filter, from the first one at 00:00 to before the day after the last one.
    ///
    /// Nil where the engine has to hold it.
    func condition(column: String, start: String?, end: String?) -> String? {
        let name = SQLText.identifier(column)
        let bounds: [String?]
        switch self {
        case .postgresql:
            bounds = [
                start.map { "\(name) >= DATE \(SQLText.literal($0))" },
                end.map { "\(name) < DATE \(SQLText.literal($0)) + 1" },
            ]
        case .sqlite:
            bounds = [
                start.map { "\(name) >= \(SQLText.literal($0))" },
                end.map { "\(name) < date(\(SQLText.literal($0)), '+1 day')" },
            ]
        case .other: return nil
        }
        return bounds.compactMap(\.self).joined(separator: " AND ")
    }

    private func catalog(of table: DatabaseTable) -> String {
        DatabaseTable(schema: table.schema ?? "main", name: "sqlite_master").quoted
    }
}
