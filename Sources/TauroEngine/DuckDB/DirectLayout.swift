import CDuckDB
import TauroData

/// How a column's vectors become an Arrow array without DuckDB's own conversion.
enum DirectLayout: Equatable {
    /// Both keep values of `width` bytes alike.
    case same(width: Int)
    /// A byte becomes a bit.
    case flags
    /// A length with twelve bytes or a pointer becomes offsets and bytes.
    case text
    /// A decimal in `width` bytes becomes one in 16.
    case widened(width: Int)
    /// A 128-bit integer becomes an int64, or an error.
    case narrowed(isSigned: Bool)

    /// The layout for a column, or nil for one that only DuckDB converts.
    ///
    /// - Parameters:
    ///   - duckDBType: the number of DuckDB's type.
    ///   - field: the column as nodes receive it.
    init?(duckDBType: UInt32, field: Field) {
        // An extension type may have a conversion of its own; JSON's is none.
        guard ["arrow.json", nil].contains(field.metadata["ARROW:extension:name"]) else { return nil }
        switch (Int32(duckDBType), field.type) {
        case (TAURO_DUCKDB_BOOLEAN, .bool): self = .flags
        case (TAURO_DUCKDB_TINYINT, .int8), (TAURO_DUCKDB_UTINYINT, .uint8): self = .same(width: 1)
        case (TAURO_DUCKDB_SMALLINT, .int16), (TAURO_DUCKDB_USMALLINT, .uint16): self = .same(width: 2)
        case (TAURO_DUCKDB_INTEGER, .int32), (TAURO_DUCKDB_UINTEGER, .uint32), (TAURO_DUCKDB_FLOAT, .float32),
            (TAURO_DUCKDB_DATE, .date32):
            self = .same(width: 4)
        case (TAURO_DUCKDB_BIGINT, .int64), (TAURO_DUCKDB_UBIGINT, .uint64), (TAURO_DUCKDB_DOUBLE, .float64),
            (TAURO_DUCKDB_TIME, .time(.microsecond)), (TAURO_DUCKDB_TIME_NS, .time(.nanosecond)),
            (TAURO_DUCKDB_TIMESTAMP, .timestamp(.microsecond, _)), (TAURO_DUCKDB_TIMESTAMP_S, .timestamp(.second, _)),
            (TAURO_DUCKDB_TIMESTAMP_MS, .timestamp(.millisecond, _)),
            (TAURO_DUCKDB_TIMESTAMP_NS, .timestamp(.nanosecond, _)),
            (TAURO_DUCKDB_TIMESTAMP_TZ, .timestamp(.microsecond, _)):
            self = .same(width: 8)
        case (TAURO_DUCKDB_VARCHAR, .utf8), (TAURO_DUCKDB_BLOB, .binary): self = .text
        case (TAURO_DUCKDB_DECIMAL, .decimal(let precision, _, bitWidth: 128)): self = .decimal(precision)
        case (TAURO_DUCKDB_HUGEINT, .int64): self = .narrowed(isSigned: true)
        case (TAURO_DUCKDB_UHUGEINT, .int64): self = .narrowed(isSigned: false)
        default: return nil
        }
    }

    /// DuckDB keeps a decimal in the narrowest integer that holds its digits.
    private static func decimal(_ precision: Int) -> DirectLayout {
        switch precision {
        case ...4: .widened(width: 2)
        case ...9: .widened(width: 4)
        case ...18: .widened(width: 8)
        default: .same(width: 16)
        }
    }

    /// Whether the values are as wide to DuckDB again when it scans the array.
    var keepsType: Bool { if case .narrowed = self { false } else { true } }

    /// How many bytes a row takes in the buffer of values or offsets; 0 for bits.
    var bytesPerRow: Int {
        switch self {
        case .same(let width): width
        case .flags: 0
        case .text: 4
        case .widened: 16
        case .narrowed: 8
        }
    }
}
