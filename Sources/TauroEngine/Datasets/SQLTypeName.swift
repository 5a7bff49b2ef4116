import TauroBasics

/// The names of types that columns may be declared with, as DuckDB documents them ("Data Types").
package enum SQLTypeName {
    /// Whether a text such as `DECIMAL(18, 3)` or `BIGINT[]` may name a type; what a nested one holds is not looked at.
    package static func isKnown(_ text: String) -> Bool {
        let head = head(of: text)
        return simple.contains(head) || nested.contains(head)
    }

    /// Whether a text is made as types are, so that it can be a part of a statement: names in quotes may hold anything.
    package static func isPlain(_ text: String) -> Bool {
        let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
        return !text.isEmpty && pieces.count % 2 == 1
            && pieces.enumerated().allSatisfy { place, piece in
                place % 2 == 1 || piece.allSatisfy { $0.isLetter || $0.isNumber || " _(),[]".contains($0) }
            }
    }

    /// The type that was probably meant.
    package static func nearest(to text: String) -> String? {
        NearestName.nearest(to: head(of: text), in: simple.filter { !$0.contains(" ") })
    }

    /// The name alone in capitals: without what stands in parentheses or brackets after it.
    private static func head(of text: String) -> String {
        text.prefix { $0 != "(" && $0 != "[" }.split(separator: " ").joined(separator: " ").uppercased()
    }

    static let simple = [
        "BIGINT", "INT8", "LONG", "INT64", "BIT", "BITSTRING", "BLOB", "BYTEA", "BINARY", "VARBINARY", "BOOLEAN",
        "BOOL",
        "LOGICAL", "DATE", "DECIMAL", "NUMERIC", "DOUBLE", "FLOAT8", "DOUBLE PRECISION", "FLOAT", "FLOAT4", "REAL",
        "HUGEINT", "INT128", "INTEGER", "INT4", "INT", "SIGNED", "INTEGRAL", "INT32", "INTERVAL", "JSON", "SMALLINT",
        "INT2", "SHORT", "INT16", "TIME", "TIMETZ", "TIME WITH TIME ZONE", "TIME WITHOUT TIME ZONE", "TIMESTAMP",
        "DATETIME", "TIMESTAMP_US", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ",
        "TIME_NS",
        "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITHOUT TIME ZONE", "TINYINT", "INT1", "UBIGINT", "UINT64", "UHUGEINT",
        "UINT128", "UINTEGER", "UINT32", "USMALLINT", "UINT16", "UTINYINT", "UINT8", "UUID", "GUID", "VARCHAR", "CHAR",
        "BPCHAR", "TEXT", "STRING", "NVARCHAR", "CHARACTER VARYING",
    ]

    private static let nested: Set<String> = ["STRUCT", "ROW", "MAP", "UNION", "ENUM"]
}
