import TauroData
import TauroEngine
import TauroModel

/// A column, or a table, that is stored and read again: what it is called in the documentation, and how it is made.
struct RoundTripCase: Sendable {
    let name: String
    let make: @Sendable (any Engine) throws -> Frame
    /// The values as SQL would write them if it had the type; nil where it has, and says them itself.
    private(set) var truth: [String?]?

    /// A column `c` of the values that SQL expressions give, one row each.
    init(_ name: String, _ values: String...) {
        self.init(name) { engine in
            let rows = values.map { "SELECT \($0) AS c" }.joined(separator: " UNION ALL ")
            return try engine.run(SQLStatement(text: rows, tables: []), cancellation: CancellationToken())
        }
    }

    init(_ name: String, _ make: @escaping @Sendable (any Engine) throws -> Frame) {
        self.name = name
        self.make = make
    }

    /// A column that SQL can not make, and its values where SQL can not say them either.
    init(_ name: String, truth: [String?]? = nil, column: @escaping @Sendable () throws -> ArrowColumn) {
        self.init(name) { _ in
            let batch = try RecordBatch(columns: [("c", column())])
            return Frame(schema: batch.schema, batches: [batch])
        }
        self.truth = truth
    }

    static let all = numbers + times + others + nested + tables

    private static let numbers = [
        RoundTripCase("`bool`", "true", "NULL", "false"),
        RoundTripCase("`int8`, `int16`, `int32`", "127::TINYINT", "NULL", "(-128)::TINYINT"),
        RoundTripCase("`int64`", "9223372036854775807", "NULL", "-9223372036854775807 - 1"),
        RoundTripCase("`uint64`", "18446744073709551615::UBIGINT", "NULL", "0::UBIGINT"),
        RoundTripCase("`float32`", "0.1::FLOAT", "NULL", "3.4e38::FLOAT"),
        RoundTripCase("`float64`", "0.1::DOUBLE", "NULL", "1.7976931348623157e308::DOUBLE", "5e-324::DOUBLE"),
        RoundTripCase("NaN and infinity", "'NaN'::DOUBLE", "'inf'::DOUBLE", "'-inf'::DOUBLE", "1.5::DOUBLE", "NULL"),
        RoundTripCase("`decimal128(18, 3)`", "123456789012345.678::DECIMAL(18, 3)", "NULL", "(-0.001)::DECIMAL(18, 3)"),
        RoundTripCase(
            "`decimal128(38, 10)`",
            "1234567890123456789012345678.0123456789::DECIMAL(38, 10)",
            "NULL",
            "(-0.0000000001)::DECIMAL(38, 10)"
        ),
    ]

    private static let times = [
        RoundTripCase("`date32`", "DATE '2024-02-29'", "NULL", "DATE '0001-01-01'", "DATE '9999-12-31'"),
        RoundTripCase("`time(us)`", "TIME '23:59:59.999999'", "NULL", "TIME '00:00:00'"),
        RoundTripCase("`time(ns)`", "'23:59:59.123456789'::TIME_NS", "NULL"),
        RoundTripCase("`timestamp(s)`", "'2024-02-29 23:59:59'::TIMESTAMP_S", "NULL"),
        RoundTripCase("`timestamp(ms)`", "'2024-02-29 23:59:59.123'::TIMESTAMP_MS", "NULL"),
        RoundTripCase("`timestamp(us)`", "TIMESTAMP '2024-02-29 23:59:59.123456'", "NULL"),
        RoundTripCase("`timestamp(ns)`", "'2024-02-29 23:59:59.123456789'::TIMESTAMP_NS", "NULL"),
        RoundTripCase("`timestamp(us, UTC)`", "TIMESTAMPTZ '2024-02-29 23:59:59.123456+02'", "NULL"),
        RoundTripCase("`timestamp(us, Europe/Rome)`") {
            try ArrowSample.reinterpreted([1_709_247_599_123_456, nil], .timestamp(.microsecond, zone: "Europe/Rome"))
        },
        RoundTripCase("`timestamp(ns, UTC)`", truth: ["2024-02-29 22:59:59.123456789+00", nil]) {
            try ArrowSample.reinterpreted([1_709_247_599_123_456_789, nil], .timestamp(.nanosecond, zone: "UTC"))
        },
        RoundTripCase("`interval`", "INTERVAL '1 month 2 days 3 seconds'", "NULL"),
        RoundTripCase("`duration(us)`") {
            try ArrowSample.reinterpreted([90_061_000_001, nil], .duration(.microsecond))
        },
    ]

    private static let others = [
        RoundTripCase("`utf8`", "'plain'", "NULL", "'a, \"b\"'", "'日本 🚀'", "'line' || chr(10) || 'end'", "' space '"),
        RoundTripCase("empty text beside null", "''", "NULL", "'x'"),
        RoundTripCase("text that looks like a number", "'007'", "NULL", "'1e3'"),
        RoundTripCase("`binary`", "'\\x00\\xFF\\x0A'::BLOB", "NULL", "'plain'::BLOB"),
        RoundTripCase("`dictionary` of text") { try ArrowSample.dictionary([0, 1, nil, 0], of: ["red", "green"]) },
        RoundTripCase("all null", "NULL::BIGINT", "NULL::BIGINT"),
    ]

    private static let nested = [
        RoundTripCase("`list<int64>`", "[1, NULL, 3]::BIGINT[]", "NULL", "[]::BIGINT[]"),
        RoundTripCase("`list<utf8>`", "['a, b', NULL, '']", "NULL", "[]::VARCHAR[]"),
        RoundTripCase("`list<utf8>` of signs", "['[]}', '\"q\"', '\\', 'it''s', 'NULL']", "NULL", "['']"),
        RoundTripCase("`list<binary>`", "['\\x00\\xFF'::BLOB, NULL]", "NULL", "[]::BLOB[]"),
        RoundTripCase("`list<decimal128(9, 2)>`", "[1.25::DECIMAL(9, 2), NULL]", "NULL"),
        RoundTripCase(
            "`list<decimal128(38, 10)>`",
            "[1234567890123456789012345678.0123456789::DECIMAL(38, 10)]",
            "NULL"
        ),
        RoundTripCase("`list<timestamp(us, UTC)>`", "[TIMESTAMPTZ '2024-02-29 23:59:59.123456+02', NULL]", "NULL"),
        RoundTripCase("`fixed_size_list`", "[1, 2]::DOUBLE[2]", "NULL"),
        RoundTripCase("`struct`", "{'a': 1::BIGINT, 'b': 'x, y'}", "NULL", "{'a': NULL, 'b': ''}"),
        RoundTripCase("`list<struct>` in a `struct`", "{'l': [{'d': DATE '2024-02-29'}, NULL]}", "NULL"),
        RoundTripCase("`struct` with signs in a name", "{'a-\"b.c': 1::BIGINT}", "NULL"),
        RoundTripCase("`map` of numbers", "MAP {1: 0.1::FLOAT}", "NULL"),
        RoundTripCase("`struct` with a blank in a name", "{'a b': 1::BIGINT}", "NULL"),
        RoundTripCase("`map`", "MAP {'k': 1::BIGINT}", "NULL", "MAP {}"),
    ]

    private static let tables = [
        RoundTripCase("a table without rows") { engine in
            let text = "SELECT 1::BIGINT AS n, 1.5::DECIMAL(9, 2) AS d, DATE '2024-01-01' AS day, 'x' AS t WHERE false"
            return try engine.run(SQLStatement(text: text, tables: []), cancellation: CancellationToken())
        },
        RoundTripCase("a table without columns") { _ in Frame(schema: Schema([]), batches: []) },
        RoundTripCase("1,000 columns") { engine in
            let columns = (0..<1000).map { $0 % 2 == 0 ? "\($0)::BIGINT AS c\($0)" : "'t\($0)' AS c\($0)" }
            let text = "SELECT \(columns.joined(separator: ", "))"
            return try engine.run(SQLStatement(text: text, tables: []), cancellation: CancellationToken())
        },
        RoundTripCase("names beyond ASCII, with blanks, commas and quotes") { engine in
            let text =
                "SELECT 1::BIGINT AS \"größe\", 'x' AS \"日本 語\", 2.5::DOUBLE AS \"a, b\", true AS \"say \"\"hi\"\"\""
            return try engine.run(SQLStatement(text: text, tables: []), cancellation: CancellationToken())
        },
        RoundTripCase("names that differ by case alone") { _ in
            let batch = try RecordBatch(columns: [
                ("a", ArrowColumn([1, 2] as [Int64?])), ("A", ArrowColumn([3, 4] as [Int64?])),
            ])
            return Frame(schema: batch.schema, batches: [batch])
        },
    ]
}
