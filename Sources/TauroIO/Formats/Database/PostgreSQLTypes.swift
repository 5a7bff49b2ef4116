import TauroBasics
import TauroData

/// A type of PostgreSQL, as its driver tells it beside a column.
struct PostgreSQLType: Hashable {
    /// The name in `pg_type`, for example `int4`, `_text` for an array of text.
    let name: String
    /// The digits of a numeric, and those behind the point; nil where it may have any number of them.
    let digits: (precision: Int, scale: Int)?

    static func == (left: PostgreSQLType, right: PostgreSQLType) -> Bool {
        left.name == right.name && left.digits?.precision == right.digits?.precision
            && left.digits?.scale == right.digits?.scale
    }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// What the driver says of a column; nil where it says nothing.
    init?(_ field: Field) {
        guard let name = field.metadata["POSTGRESQL:type"] else { return nil }
        self.name = name
        // The type's modifier, as numeric.c of PostgreSQL packs it.
        let modifier = field.metadata["POSTGRESQL:typmod"].flatMap { Int32($0) } ?? -1
        let packed = modifier - 4
        digits = name == "numeric" && modifier >= 4 ? (Int(packed >> 16) & 0xffff, Int(packed & 0x7ff)) : nil
    }

    /// The SQL type that the engine gives a column of it; nil where it is left as it arrives.
    var arrival: String? {
        guard name == "numeric" else { return nil }
        guard let digits, digits.precision <= 38, digits.scale <= digits.precision else { return "VARCHAR" }
        return "DECIMAL(\(digits.precision), \(digits.scale))"
    }

    /// The type as people know it.
    var words: String { digits.map { "numeric(\($0.precision),\($0.scale))" } ?? name }
}

/// How values of Arrow are kept in PostgreSQL.
enum PostgreSQLTypes {
    /// The name in `pg_type` of what a value is kept as; nil for those that are not kept.
    static func name(of type: ArrowType) -> String? {
        switch type {
        case .bool: "bool"
        case .int8, .int16, .uint8: "int2"
        case .int32, .uint16: "int4"
        case .int64, .uint32: "int8"
        case .uint64, .decimal: "numeric"
        case .float16, .float32: "float4"
        case .float64: "float8"
        case .utf8, .largeUTF8, .utf8View, .null: "text"
        case .binary, .largeBinary, .binaryView, .fixedSizeBinary: "bytea"
        case .date32, .date64: "date"
        case .time: "time"
        case .timestamp(_, let zone): zone == nil ? "timestamp" : "timestamptz"
        case .duration, .interval: "interval"
        case .dictionary(_, let values, _): name(of: values)
        case .list(let item), .largeList(let item), .listView(let item), .largeListView(let item),
            .fixedSizeList(let item, _):
            if let name = name(of: item.type), !name.hasPrefix("_") { "_" + name } else { nil }
        default: nil
        }
    }

    /// The type that a column is made with.
    static func declaration(of type: ArrowType) -> String? {
        switch type {
        case .decimal(let precision, let scale, _) where scale >= 0: return "numeric(\(precision),\(scale))"
        case .uint64: return "numeric(20,0)"
        case .list(let item), .largeList(let item), .listView(let item), .largeListView(let item),
            .fixedSizeList(let item, _):
            return name(of: type).flatMap { _ in declaration(of: item.type).map { "\($0)[]" } }
        default: return name(of: type)
        }
    }

    /// The engine's expression for a value as the driver takes it; nil where it takes it as it is.
    static func expression(_ name: String, _ type: ArrowType) -> String? {
        switch type {
        case .uint64: "CAST(\(name) AS DECIMAL(20, 0))"
        case .float16: "CAST(\(name) AS FLOAT)"
        case .null: "CAST(NULL AS VARCHAR)"
        case .date64: "CAST(\(name) AS DATE)"
        case .utf8View: "CAST(\(name) AS VARCHAR)"
        case .binaryView: "CAST(\(name) AS BLOB)"
        case .decimal(let precision, let scale, let width) where width < 128:
            "CAST(\(name) AS DECIMAL(\(precision), \(scale)))"
        case .largeList(let item), .listView(let item), .largeListView(let item), .fixedSizeList(let item, _):
            item.type.sqlName.map { "CAST(\(name) AS \($0)[])" }
        default: nil
        }
    }

    /// The expression for a value that joins those of a column of a type; nil where it does not fit.
    static func expression(_ name: String, _ type: ArrowType, as column: PostgreSQLType) -> String? {
        let own = self.name(of: type) ?? ""
        let known = expression(name, type) ?? name
        switch (type, column.name) {
        case (.null, _): return integers[column.name].map { "CAST(NULL AS \($0))" } ?? nullWords[column.name]
        case (.decimal(_, let scale, _), "numeric"): return scale <= column.digits?.scale ?? .max ? known : nil
        case (_, "numeric") where integers[own] != nil: return "CAST(\(name) AS DECIMAL(20, 0))"
        case (.uint64, _) where integers[column.name] != nil: return "CAST(\(name) AS \(integers[column.name] ?? ""))"
        case _ where own == column.name: return known
        case _ where integers[own] != nil: return integers[column.name].map { "CAST(\(name) AS \($0))" }
        case _ where own == "float4" && column.name == "float8": return "CAST(\(name) AS DOUBLE)"
        case _ where own == "text": return text(name, as: column.name)
        default: return nil
        }
    }

    /// Texts for columns that hold such in another form: what the server reads in binary, after `uuid_recv` and `jsonb_recv`.
    private static func text(_ name: String, as column: String) -> String? {
        switch column {
        case "varchar", "bpchar", "json": "CAST(\(name) AS VARCHAR)"
        case "uuid": "unhex(replace(CAST(CAST(\(name) AS UUID) AS VARCHAR), '-', ''))"
        case "jsonb": "encode(chr(1) || CAST(\(name) AS VARCHAR))"
        default: nil
        }
    }

    private static let integers = ["int2": "SMALLINT", "int4": "INTEGER", "int8": "BIGINT"]
    private static let nullWords = [
        "numeric": "CAST(NULL AS DECIMAL(18, 0))", "float4": "CAST(NULL AS FLOAT)", "float8": "CAST(NULL AS DOUBLE)",
        "text": "CAST(NULL AS VARCHAR)", "varchar": "CAST(NULL AS VARCHAR)", "bpchar": "CAST(NULL AS VARCHAR)",
        "json": "CAST(NULL AS VARCHAR)", "jsonb": "CAST(NULL AS BLOB)", "uuid": "CAST(NULL AS BLOB)",
        "bytea": "CAST(NULL AS BLOB)", "bool": "CAST(NULL AS BOOLEAN)", "date": "CAST(NULL AS DATE)",
        "time": "CAST(NULL AS TIME)", "timestamp": "CAST(NULL AS TIMESTAMP)",
        "timestamptz": "CAST(NULL AS TIMESTAMPTZ)", "interval": "CAST(NULL AS INTERVAL)",
    ]
}
