import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// SQL over frames in memory.
@Suite struct QueryTests {
    let engine = EngineFixture.engine()

    @Test func readsColumnsWithNulls() throws {
        let frame = try EngineFixture.frame([
            ("id", ArrowColumn([1, nil, 3] as [Int64?])),
            ("name", ArrowColumn(["a", "a text of more than 12 bytes", nil])),
        ])
        let result = try engine.sql("SELECT id * 2 AS twice, name FROM t ORDER BY id NULLS FIRST", [("t", frame)])
        #expect(try result.values("twice", as: Int64.self) == [nil, 2, 6])
        #expect(try result.values("name", as: String.self) == ["a text of more than 12 bytes", "a", nil])
    }

    @Test func readsSlicesThatStartInsideAByte() throws {
        let values = (0..<10_000).map { $0 % 3 == 0 ? nil : Int64($0) }
        let flags = ArrowColumn.self
        let batch = try RecordBatch(columns: [
            ("x", flags.init(values)), ("odd", flags.init((0..<10_000).map { $0 % 2 == 1 } as [Bool?])),
        ])
        let slice = batch.slice(1_003..<9_001)
        let frame = Frame(schema: batch.schema, batches: [slice])
        let result = try engine.sql("SELECT x, odd FROM t", [("t", frame)])
        #expect(try result.values("x", as: Int64.self) == Array(values[1_003..<9_001]))
        #expect(try result.values("odd", as: Bool.self) == (1_003..<9_001).map { $0 % 2 == 1 })
    }

    @Test func countsRowsWithoutReadingAColumn() throws {
        let frame = try EngineFixture.numbers((0..<5_000).map { Int64($0) })
        #expect(try engine.sql("SELECT count(*) AS n FROM t", [("t", frame)]).values("n", as: Int64.self) == [5_000])
    }

    @Test func readsAFrameManyTimesInOneQuery() throws {
        let frame = try EngineFixture.numbers((0..<4_000).map { Int64($0) })
        let text = "SELECT count(*) AS n, sum(a.x + b.x) AS s FROM t a JOIN t b USING (x) WHERE x IN (SELECT x FROM T)"
        let result = try engine.sql(text, [("t", frame)])
        #expect(try result.values("n", as: Int64.self) == [4_000])
        #expect(try result.values("s", as: Int64.self) == [2 * 3_999 * 2_000])
    }

    @Test func keepsTheOrderOfRowsOverManyBatches() throws {
        let batch = try RecordBatch(columns: [("x", ArrowColumn((0..<300_000).map { Int64($0) } as [Int64?]))])
        let batches = stride(from: 0, to: 300_000, by: 777).map { batch.slice($0..<min($0 + 777, 300_000)) }
        let result = try engine.sql(
            "SELECT x FROM t WHERE x >= 0",
            [("t", Frame(schema: batch.schema, batches: batches))]
        )
        #expect(try result.values("x", as: Int64.self) == (0..<300_000).map { Int64($0) })
        let sizes = try result.batches().map(\.rowCount)
        #expect(sizes.count <= 3 && sizes[0] >= QueryStream.batchRows)
    }

    @Test func readsAnEmptyFrame() throws {
        let schema = Schema([Field("x", .int64), Field("s", .utf8)])
        let frame = Frame(schema: schema, batches: [])
        let result = try engine.sql("SELECT s, x FROM t", [("t", frame)])
        #expect(result.rowCount == 0)
        #expect(try result.schema().fields.map(\.type) == [.utf8, .int64])
    }

    @Test func readsNestedTypes() throws {
        let made = try engine.sql(
            "SELECT i, [i, NULL, i + 1] AS list, {'a': i, 's': 'v' || i} AS pair, MAP {'k': i} AS m FROM range(5000) r(i)"
        )
        let again = try engine.sql(
            "SELECT sum(list[3]) AS l, max(pair.s) AS p, sum(m['k']) AS m, sum(len(list)) AS n FROM t",
            [("t", made)]
        )
        #expect(try again.values("l", as: Int64.self) == [5_000 * 5_001 / 2])
        #expect(try again.values("p", as: String.self) == ["v999"])
        #expect(try again.values("m", as: Int64.self) == [5_000 * 4_999 / 2])
        #expect(try again.values("n", as: Int64.self) == [15_000])
    }

    @Test func integerSumsAreInt64() throws {
        let frame = try EngineFixture.numbers([1, 2, nil])
        let result = try engine.sql("SELECT sum(x) AS s FROM t", [("t", frame)])
        #expect(try result.schema().fields.map(\.type) == [.int64])
        #expect(try result.values("s", as: Int64.self) == [3])
    }

    @Test func aSumBeyondInt64NamesItsColumn() throws {
        let frame = try EngineFixture.numbers([.max, 1])
        let error = engine.refusal("SELECT 1 AS a, sum(x) AS total FROM t", [("t", frame)])
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("'total'") == true)
        #expect(error?.message.contains("9223372036854775808") == true)
    }

    @Test func enumerationsBecomeText() throws {
        let result = try engine.sql("SELECT CAST(s AS ENUM('a', 'b')) AS e FROM (VALUES ('b'), (NULL), ('a')) v(s)")
        #expect(try result.schema().fields.map(\.type) == [.utf8])
        #expect(try result.values("e", as: String.self) == ["b", nil, "a"])
    }

    @Test func twoResultColumnsOfOneNameAreRefused() throws {
        let error = engine.refusal("SELECT x, 1 AS x FROM t", [("t", try EngineFixture.numbers([1]))])
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("'x'") == true)
    }

    @Test(arguments: [
        ("CAST(7 AS UHUGEINT)", ArrowType.int64), ("CAST('[1]' AS JSON)", .utf8), ("uuid()", .utf8),
        ("TIME '12:00:00'", .time(.microsecond)), ("INTERVAL 1 MONTH", .interval(.monthDayNano)), ("NULL", .int32),
        ("CAST(1.5 AS DECIMAL(10, 2))", .decimal(precision: 10, scale: 2, bitWidth: 128)), ("'a'::BLOB", .binary),
        ("DATE '2013-01-01'", .date32), ("TIMESTAMP '2013-01-01 00:00:00'", .timestamp(.microsecond, zone: nil)),
        ("[1]::INTEGER[1]", .fixedSizeList(Field("l", .int32), size: 1)), ("sum(7::UBIGINT)", .int64),
    ])
    func everyResultIsDeliverable(expression: String, type: ArrowType) throws {
        let result = try engine.sql("SELECT \(expression) AS c FROM range(3000) GROUP BY ALL")
        let found = try result.schema().fields[0].type
        #expect(found.isDeliverable)
        #expect("\(found)" == "\(type)")
        let again = try engine.sql("SELECT count(*) AS n, max(c::VARCHAR) AS m FROM t", [("t", result)])
        #expect(try again.values("n", as: Int64.self).count == 1)
    }

    @Test func aUnionCanNotBeReceived() {
        let error = engine.refusal("SELECT CAST(1 AS UNION(a INTEGER, b VARCHAR)) AS u")
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("'u'") == true)
    }

    @Test func aUserDefinedExtensionTypeIsReadAsItsStorage() throws {
        let field = Field("c", .int64, metadata: ["ARROW:extension:name": "acme.money"])
        let batch = try RecordBatch(schema: Schema([field]), columns: [ArrowColumn([1, 2] as [Int64?])])
        let result = try engine.sql("SELECT sum(c) AS s FROM t", [("t", Frame(schema: batch.schema, batches: [batch]))])
        #expect(try result.values("s", as: Int64.self) == [3])
    }

    @Test func timesWithAZoneAreInUTCWhereverTheHostStands() throws {
        let result = try engine.sql("SELECT CAST(TIMESTAMP '2013-01-01 00:00:00' AS TIMESTAMPTZ) AS at")
        #expect(try result.schema().fields.map(\.type) == [.timestamp(.microsecond, zone: "UTC")])
        #expect(try result.values("at", as: Int64.self) == [1_356_998_400_000_000])
    }

    @Test func aTableWithoutColumnsIsRefused() throws {
        let frame = Frame(schema: Schema([]), batches: [])
        #expect(engine.refusal("SELECT 1 FROM empty", [("empty", frame)])?.message.contains("'empty'") == true)
    }

    @Test func aTypeThatSQLCanNotReadNamesTableAndColumn() throws {
        let type = ArrowType.decimal(precision: 70, scale: 0, bitWidth: 256)
        let frame = Frame(schema: Schema([Field("wide", type)]), batches: [])
        let error = engine.refusal("SELECT * FROM t", [("t", frame)])
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("'wide'") == true && error?.message.contains("'t'") == true)
    }

    @Test func anUnknownColumnKeepsTheEnginesText() throws {
        let error = engine.refusal("SELECT y FROM t", [("t", try EngineFixture.numbers([1]))])
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("\"y\"") == true)
    }

    @Test func anotherEnginesDialectIsUnsupported() throws {
        let statement = SQLStatement(text: "SELECT 1", dialect: "spark", tables: [])
        #expect(
            performing: { try engine.run(statement, cancellation: CancellationToken()) },
            throws: { error in
                (error as? SQLError)?.code == .unsupported
            }
        )
    }

    @Test func manyThreadsUseTheSameTableNames() async throws {
        let engine = engine
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<16 {
                group.addTask {
                    let frame = try EngineFixture.numbers((0..<50_000).map { Int64($0 + number) })
                    let result = try engine.sql("SELECT min(x) AS low, count(*) AS n FROM t", [("t", frame)])
                    return try result.values("low", as: Int64.self) == [Int64(number)]
                        && result.values("n", as: Int64.self) == [50_000]
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test func oneFrameIsReadByManyThreadsAtOnce() async throws {
        let engine = engine
        let frame = try EngineFixture.numbers((0..<200_000).map { Int64($0) })
        try await withThrowingTaskGroup(of: [Int64?].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try engine.sql("SELECT sum(x) AS s FROM t", [("t", frame)]).values("s", as: Int64.self)
                }
            }
            for try await sums in group { #expect(sums == [19_999_900_000]) }
        }
    }
}
