import TauroModel

/// What the values of a column can be compared with.
enum ColumnFamily: Sendable {
    case number
    case text
    case flag
    case date
    case timestamp
    case time
    /// Lists, structures, bytes and whatever else has no simple values.
    case other

    /// The family of an SQL type, such as `DECIMAL(18, 3)`.
    init(sqlType: String) {
        let head = sqlType.prefix { $0 != "(" && $0 != "[" }.split(separator: " ").joined(separator: " ").uppercased()
        self = sqlType.contains("[") ? .other : Self.families.first { $0.heads.contains(head) }?.family ?? .other
    }

    /// Names of types as DuckDB documents them ("Data Types").
    private static let families: [(family: ColumnFamily, heads: Set<String>)] = [
        (
            .number,
            [
                "BIGINT", "INT8", "LONG", "INT64", "DECIMAL", "NUMERIC", "DOUBLE", "FLOAT8", "DOUBLE PRECISION",
                "FLOAT",
                "FLOAT4", "REAL", "HUGEINT", "INT128", "INTEGER", "INT4", "INT", "SIGNED", "INTEGRAL", "INT32",
                "SMALLINT",
                "INT2", "SHORT", "INT16", "TINYINT", "INT1", "UBIGINT", "UINT64", "UHUGEINT", "UINT128", "UINTEGER",
                "UINT32", "USMALLINT", "UINT16", "UTINYINT", "UINT8",
            ]
        ),
        (
            .text,
            [
                "VARCHAR", "CHAR", "BPCHAR", "TEXT", "STRING", "NVARCHAR", "CHARACTER VARYING", "UUID", "GUID", "ENUM",
                "JSON",
            ]
        ),
        (.flag, ["BOOLEAN", "BOOL", "LOGICAL"]), (.date, ["DATE"]),
        (
            .timestamp,
            [
                "TIMESTAMP", "DATETIME", "TIMESTAMP_US", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ",
                "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITHOUT TIME ZONE",
            ]
        ),
        (.time, ["TIME", "TIMETZ", "TIME WITH TIME ZONE", "TIME WITHOUT TIME ZONE", "INTERVAL"]),
    ]

    /// Whether values can be compared with one from configuration.
    func takes(_ value: ConfigValue) -> Bool {
        switch (self, value.content) {
        case (.number, .integer), (.number, .double), (.flag, .bool): true
        case (.text, .string), (.date, .string), (.timestamp, .string), (.time, .string): true
        default: false
        }
    }

    /// What it can be compared with, in a sentence.
    var words: String {
        switch self {
        case .number: "numbers"
        case .text: "texts"
        case .flag: "true and false"
        case .date: "days such as \"2026-01-31\""
        case .timestamp: "texts such as \"2026-01-31 12:00:00\""
        case .time: "texts such as \"12:00:00\""
        case .other: "nothing"
        }
    }
}
