import TauroBasics
import TauroData

/// The columns of a table that SQLite keeps, with the types they were made with; SQLite holds nobody to them.
struct SQLiteColumns {
    let all: [(name: String, type: String)]

    init(_ table: DatabaseTable, on connection: ADBCConnection) throws {
        let schema = table.schema.map { ", \(SQLText.literal($0))" } ?? ""
        let rows = try connection.texts(
            "SELECT name, CAST(type AS TEXT) FROM pragma_table_info(\(SQLText.literal(table.name))\(schema))"
        )
        all = rows.compactMap { row in row[0].map { ($0, row[1] ?? "") } }
    }
}

/// What columns made with a type hold, after https://www.sqlite.org/datatype3.html, and how values of Arrow are kept.
enum SQLiteTypes {
    /// How a column is asked for, such that all of its values are of one kind where nothing is lost by it.
    static func selection(_ name: String, madeAs type: String) -> String {
        let name = SQLText.identifier(name)
        switch arrival(madeAs: type) {
        case "VARCHAR", "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ": return "CAST(\(name) AS TEXT) AS \(name)"
        case .some(let type) where type.hasPrefix("DECIMAL"): return "CAST(\(name) AS TEXT) AS \(name)"
        default: return name
        }
    }

    /// The SQL type that the engine gives a column made as `type`, in capitals; nil where its values say it.
    static func arrival(madeAs type: String) -> String? {
        func has(_ words: String...) -> Bool { words.contains { !type.ranges(of: $0).isEmpty } }
        if has("INT") { return "BIGINT" }
        if has("CHAR", "CLOB", "TEXT") { return "VARCHAR" }
        if has("BLOB") { return "BLOB" }
        if has("REAL", "FLOA", "DOUB") { return "DOUBLE" }
        if has("BOOL") { return "BOOLEAN" }
        if has("TIMESTAMPTZ", "WITH TIME ZONE") { return "TIMESTAMPTZ" }
        if has("DATETIME", "TIMESTAMP") { return "TIMESTAMP" }
        if has("DATE") { return "DATE" }
        if has("TIME") { return "TIME" }
        if type.hasPrefix("DECIMAL(") || type.hasPrefix("NUMERIC(") { return "DECIMAL" + type.dropFirst(7) }
        return nil
    }

    /// The type that a column is made with; nil for values that SQLite does not keep.
    static func name(of type: ArrowType) -> String? {
        switch type {
        case .bool: "BOOLEAN"
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: "BIGINT"
        case .float16, .float32, .float64: "DOUBLE"
        // SQLite keeps a decimal as a double: 15 digits are sure to come back.
        case .decimal(let precision, let scale, _):
            precision <= 15 && scale >= 0 ? "DECIMAL(\(precision),\(scale))" : "TEXT"
        case .utf8, .largeUTF8, .utf8View, .null, .duration, .interval: "TEXT"
        case .binary, .largeBinary, .binaryView, .fixedSizeBinary: "BLOB"
        case .date32, .date64: "DATE"
        case .time: "TIME"
        case .timestamp(_, let zone): zone == nil ? "TIMESTAMP" : "TIMESTAMPTZ"
        case .dictionary(_, let values, _): name(of: values)
        default: nil
        }
    }

    /// The engine's expression for a value as the driver takes it; nil where it takes it as it is.
    static func expression(_ name: String, _ type: ArrowType) -> String? {
        switch type {
        case .decimal, .time, .duration, .interval: "CAST(\(name) AS VARCHAR)"
        case .uint64: "CAST(\(name) AS BIGINT)"
        case .float16: "CAST(\(name) AS DOUBLE)"
        case .null: "CAST(NULL AS VARCHAR)"
        case .date64: "CAST(\(name) AS DATE)"
        case .utf8View: "CAST(\(name) AS VARCHAR)"
        case .binaryView, .fixedSizeBinary: "CAST(\(name) AS BLOB)"
        case .timestamp(_, .some): "strftime(make_timestamp(epoch_us(\(name))), '%Y-%m-%dT%H:%M:%S.%fZ')"
        default: nil
        }
    }

    /// Whether values of a type fit a column that was made as `made`, in capitals, beside those that are there.
    static func fits(_ type: ArrowType, madeAs made: String) -> Bool {
        guard let name = name(of: type), let kind = arrival(madeAs: made) else { return true }
        if type == .null { return true }
        let own = arrival(madeAs: name) ?? ""
        if own == kind || own.hasPrefix("DECIMAL") && kind.hasPrefix("DECIMAL") { return own == kind }
        return own == "BIGINT" && kind == "DOUBLE" && type != .int64 && type != .uint64
    }
}
