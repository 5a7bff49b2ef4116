import CTauro
import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// Chunks that the host copies itself come out as those that DuckDB converts.
@Suite struct GatheringTests {
    let engine = EngineFixture.engine()

    /// Every type with a layout of its own: expressions of `i`, the row.
    static let expressions = [
        ("flag", "i % 3 = 0"), ("int8", "(i % 200 - 100)::TINYINT"), ("uint8", "(i % 256)::UTINYINT"),
        ("int16", "(i % 60000 - 30000)::SMALLINT"), ("uint16", "(i % 65536)::USMALLINT"),
        ("int32", "(i * 7919 - 1000000)::INTEGER"), ("uint32", "(i * 9973)::UINTEGER"),
        ("int64", "i * 1234567890123 - 7"), ("uint64", "hash(i)"), ("single", "(i / 7)::FLOAT"),
        ("double", "CASE WHEN i % 97 = 0 THEN 'NaN'::DOUBLE ELSE sqrt(i) END"),
        ("day", "DATE '1969-12-01' + (i % 5000)::INTEGER"), ("time", "TIME '00:00:00' + to_microseconds(i * 77)"),
        ("time_ns", "('01:02:03.' || (i % 1000 + 123456000))::TIME_NS"),
        ("at", "make_timestamp(i * 1000003 - 50)"), ("at_s", "make_timestamp(i * 1000000)::TIMESTAMP_S"),
        ("at_ms", "make_timestamp(i * 1000)::TIMESTAMP_MS"), ("at_ns", "make_timestamp_ns(i * 1001)"),
        ("at_zone", "to_timestamp(i * 61)"), ("huge", "(i - 40)::HUGEINT * 3"), ("uhuge", "i::UHUGEINT * 5"),
        ("dec4", "((i % 9000 - 4000) / 100)::DECIMAL(4, 2)"), ("dec9", "(i - 99)::DECIMAL(9, 1)"),
        ("dec18", "(i * -12345)::DECIMAL(18, 3)"), ("dec38", "(i * 123456789)::DECIMAL(38, 5) * 1000000"),
        ("short", "CASE i % 4 WHEN 0 THEN '' WHEN 1 THEN 'é' WHEN 2 THEN 'twelve bytes' ELSE i::VARCHAR END"),
        ("long", "repeat('日本-' || i, (i % 6)::BIGINT)"), ("bytes", "('\\x00\\xFF' || i)::BLOB"),
        ("json", "('[' || i || ']')::JSON"),
    ]

    /// A query of all expressions; `isNull` is a condition over `i` and the column's number `{}`.
    static func query(rows: Int, isNull: String) -> String {
        let columns = expressions.enumerated().map { index, entry in
            let parts = isNull.split(separator: "{}", omittingEmptySubsequences: false)
            return "CASE WHEN \(parts.joined(separator: "\(index)")) THEN NULL ELSE \(entry.1) END AS \"\(entry.0)\""
        }
        return "SELECT \(columns.joined(separator: ", ")) FROM range(\(rows)) r(i)"
    }

    private func stream(_ text: String, isDirect: Bool) throws -> QueryStream {
        let token = CancellationToken()
        let result = try engine.connect().prepare(text).run(cancellation: token)
        return try QueryStream(result, leases: [], cancellation: token, isDirect: isDirect)
    }

    private func frame(_ text: String, isDirect: Bool) throws -> Frame {
        let stream = try stream(text, isDirect: isDirect)
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        return Frame(schema: stream.schema, batches: batches)
    }

    /// Whether the result's columns are ones that are copied directly.
    private func isGathered(_ text: String) throws -> Bool {
        let result = try engine.connect().prepare(text).run(cancellation: CancellationToken())
        return BatchGatherer(columns: result.columns, schema: try ResultConversion(result).schema) != nil
    }

    private func expectSame(_ text: String) throws {
        #expect(try isGathered(text))
        let found = try frame(text, isDirect: true)
        let wanted = try frame(text, isDirect: false)
        #expect(try found.schema().fields == wanted.schema().fields)
        #expect(try found.batches().map(\.rowCount) == wanted.batches().map(\.rowCount))
        for (found, wanted) in zip(try found.batches(), try wanted.batches()) {
            for (index, field) in wanted.schema.fields.enumerated() {
                let (one, other) = (found.column(at: index), wanted.column(at: index))
                #expect(one.nullCount == other.nullCount, "nulls in \(field.name)")
                #expect(RawColumn(one).rows == RawColumn(other).rows, "values in \(field.name)")
            }
        }
    }

    @Test(arguments: [
        0, 1, 7, 8, 9, 63, 64, 65, 127, 2_047, 2_048, 2_049, 6_149,
    ])
    func everyTypeOfAnyLength(rows: Int) throws {
        try expectSame(GatheringTests.query(rows: rows, isNull: "hash(i * 31 + {}) % 3 = 0"))
    }

    @Test(arguments: [
        "false", "true", "i = 2500", "i < 2048", "i >= 2048 AND {} % 2 = 0", "i % 2048 = {}", "i % 64 = 63",
    ])
    func nullsWherever(isNull: String) throws {
        try expectSame(GatheringTests.query(rows: 4_500, isNull: isNull))
    }

    @Test func chunksOfAnyLengthStartInsideAByte() throws {
        // A filter leaves chunks of every length.
        let inner = GatheringTests.query(rows: 9_000, isNull: "hash(i + {}) % 5 = 0")
        let text = inner + " WHERE hash(i // 3) % 7 <> 0 AND i % 11 <> 3"
        try expectSame(text)
    }

    @Test(arguments: [
        "SELECT 1 AS one, 'a text of more than 12 bytes' AS text, NULL::VARCHAR AS none, true AS yes FROM range(5001)",
        "SELECT NULL::INTEGER AS a, NULL::BOOLEAN AS b, NULL::HUGEINT AS c, NULL::BLOB AS d FROM range(3001)",
        "SELECT i, s FROM range(3000) r(i) LEFT JOIN (SELECT i, repeat('word', i::INTEGER) s FROM range(7) q(i)) USING (i)",
        "SELECT w, i FROM (VALUES ('x'), ('a longer word, out of line'), (NULL)) v(w), range(4000) r(i)",
        "SELECT unnest(['one', 'two, which is longer', NULL]) AS w, i FROM range(4000) r(i)",
        "SELECT i % 5 AS k, sum(i) AS s, avg(i) AS a, max(i::VARCHAR) AS m FROM range(100000) r(i) GROUP BY k ORDER BY k",
        "SELECT * FROM (SELECT i, 'c' AS c FROM range(3000) r(i) UNION ALL SELECT 1, repeat('d', 40)) ORDER BY c DESC, i",
        "SELECT 1 AS x WHERE false",
    ])
    func constantsAndDictionariesAreFlat(text: String) throws { try expectSame(text) }

    @Test func compressedTextOfATableIsFlat() throws {
        let path = EngineFixture.directory() + "/words.parquet"
        let words = "SELECT i, 'word number ' || i % 10 AS w, CASE WHEN i % 9 <> 0 THEN repeat('z', i % 20) END AS z"
        _ = try frame("COPY (\(words) FROM range(20000) r(i)) TO '\(path)' (FORMAT parquet)", isDirect: false)
        try expectSame("SELECT * FROM '\(path)' WHERE i % 3 <> 0")
    }

    @Test func manyRowsAreTheSameBatches() throws {
        let text = GatheringTests.query(rows: 260_001, isNull: "hash(i * 31 + {}) % 4 = 0")
        let found = try frame(text, isDirect: true)
        let wanted = try frame(text, isDirect: false)
        #expect(try found.batches().map(\.rowCount) == wanted.batches().map(\.rowCount))
        #expect(try found.batches().dropLast().allSatisfy { $0.rowCount >= QueryStream.batchRows })
        let differs = GatheringTests.expressions.map { "a.\"\($0.0)\" IS DISTINCT FROM b.\"\($0.0)\"" }
        let tables = [("a", found), ("b", wanted)]
        let count = "SELECT count(*) AS n, count(*) FILTER (\(differs.joined(separator: " OR "))) AS bad"
        let result = try engine.sql(count + " FROM a POSITIONAL JOIN b", tables)
        #expect(try result.values("n", as: Int64.self) == [260_001])
        #expect(try result.values("bad", as: Int64.self) == [0])
    }

    @Test func aColumnWithoutNullsHasNoBitmap() throws {
        let text = "SELECT i, CASE WHEN i <> 7 THEN i END AS j FROM range(300000) r(i)"
        var array = try #require(try frame(text, isDirect: true).batches().first).export()
        defer { array.release(&array) }
        #expect(array.children[0]?.pointee.null_count == 0 && array.children[0]?.pointee.buffers[0] == nil)
        #expect(array.children[1]?.pointee.null_count == 1 && array.children[1]?.pointee.buffers[0] != nil)
        #expect((0..<2).allSatisfy { UInt(bitPattern: array.children[$0]?.pointee.buffers[1]) % 64 == 0 })
    }

    @Test func textBeyondTheLimitBeginsANewBatch() throws {
        let text =
            "SELECT i, repeat('x', 20) AS a, CASE WHEN i % 2 = 0 THEN repeat('y', 40) END AS b FROM range(9000) r(i)"
        let result = try engine.connect().prepare(text).run(cancellation: CancellationToken())
        let schema = try ResultConversion(result).schema
        let gatherer = try #require(BatchGatherer(columns: result.columns, schema: schema, textLimit: 2_048 * 40 + 7))
        var batches: [RecordBatch] = []
        while let chunk = try result.fetch() {
            if let full = try gatherer.append(chunk) { batches.append(full) }
        }
        if let last = try gatherer.finish() { batches.append(last) }
        #expect(batches.map(\.rowCount) == [4_096, 4_096, 808])
        let rows = try batches.flatMap { Array(try $0.column("i", as: Int64.self)) }
        #expect(rows == (0..<9_000).map { Int64($0) })
        let last = try batches[2].column("b", as: String.self)
        #expect(last[806] == String(repeating: "y", count: 40) && last[807] == nil)
        #expect(try gatherer.finish() == nil)
    }

    @Test func oneChunkBeyondTheLimitNamesItsColumn() throws {
        let text = "SELECT 1 AS a, repeat('x', 20) AS wordy FROM range(3000)"
        let result = try engine.connect().prepare(text).run(cancellation: CancellationToken())
        let schema = try ResultConversion(result).schema
        let gatherer = try #require(BatchGatherer(columns: result.columns, schema: schema, textLimit: 1_000))
        let error = #expect(throws: SQLError.self) {
            if let chunk = try result.fetch() { _ = try gatherer.append(chunk) }
        }
        #expect(error?.code == .invalid && error?.message.contains("'wordy'") == true)
    }

    @Test(arguments: ["HUGEINT", "UHUGEINT"])
    func numbersBeyondInt64AreRefusedAlike(type: String) throws {
        for value in ["9223372036854775808", "170141183460469231731687303715884105727"] {
            let text = "SELECT i, CASE WHEN i = 2999 THEN \(value)::\(type) ELSE i END AS total FROM range(4000) r(i)"
            let errors = [true, false].map { isDirect in
                #expect(throws: SQLError.self) { try frame(text, isDirect: isDirect) }
            }
            #expect(errors[0]?.message == errors[1]?.message && errors[0]?.code == .invalid)
            #expect(errors[0]?.message.contains("\(value) in column 'total'") == true)
        }
        let edge = "SELECT 9223372036854775807::\(type) AS x"
        #expect(try frame(edge, isDirect: true).values("x", as: Int64.self) == [.max])
    }

    @Test func theLargestUnsignedNumberIsRefused() {
        let beside = engine.refusal("SELECT '340282366920938463463374607431768211455'::UHUGEINT AS x, [1] AS list")
        #expect(beside?.message.contains("340282366920938463463374607431768211455") == true, "\(beside?.message ?? "")")
        let error = engine.refusal("SELECT '340282366920938463463374607431768211455'::UHUGEINT AS x")
        #expect(error?.message.contains("340282366920938463463374607431768211455 in column 'x'") == true)
    }

    @Test func otherTypesStayWithDuckDB() throws {
        for expression in ["[1]", "{'a': 1}", "uuid()", "INTERVAL 1 DAY", "'101'::BIT", "'a'::ENUM('a')"] {
            #expect(try !isGathered("SELECT 1 AS i, \(expression) AS c"))
        }
    }

    @Test func aCancelledTokenStopsBetweenChunks() throws {
        let token = CancellationToken()
        let result = try engine.connect().prepare("SELECT i FROM range(10000000) r(i)").run(cancellation: token)
        let stream = try QueryStream(result, leases: [], cancellation: token)
        #expect(try stream.next()?.rowCount == QueryStream.batchRows)
        token.cancel()
        let error = #expect(throws: SQLError.self) { try stream.next() }
        #expect(error?.code == .cancelled)
    }
}

/// A column's values as bytes, whatever their type; nil is null.
private struct RawColumn {
    let rows: [[UInt8]?]

    init(_ column: ArrowColumn) {
        guard let batch = try? RecordBatch(columns: [("c", column)]) else {
            rows = []
            return
        }
        var array = batch.export()
        defer { array.release(&array) }
        guard let child = array.children[0]?.pointee else {
            rows = []
            return
        }
        rows = (0..<column.count).map { row in
            column.isNull(row) ? nil : RawColumn.bytes(of: child, type: column.type, at: Int(child.offset) + row)
        }
    }

    private static func bytes(of array: ArrowArray, type: ArrowType, at row: Int) -> [UInt8] {
        guard let values = array.buffers[1] else { return [] }
        switch type {
        case .bool: return [values.load(fromByteOffset: row / 8, as: UInt8.self) >> UInt8(row % 8) & 1]
        case .utf8, .binary:
            let first = Int(values.load(fromByteOffset: row * 4, as: Int32.self))
            let last = Int(values.load(fromByteOffset: row * 4 + 4, as: Int32.self))
            return Array(UnsafeRawBufferPointer(start: array.buffers[2].map { $0 + first }, count: last - first))
        default:
            let width = width(of: type)
            return Array(UnsafeRawBufferPointer(start: values + row * width, count: width))
        }
    }

    private static func width(of type: ArrowType) -> Int {
        switch type {
        case .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32, .date32: 4
        case .decimal: 16
        default: 8
        }
    }
}
