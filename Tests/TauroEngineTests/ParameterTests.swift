import TauroModel
import Testing

@testable import TauroEngine

/// Values in SQL are bound, never pasted.
@Suite struct ParameterTests {
    let engine = EngineFixture.engine()

    @Test func everyTypeArrives() throws {
        let result = try engine.sql(
            "SELECT $i + 1 AS i, $d / 2 AS d, NOT $b AS b, $s || '!' AS s",
            [],
            [("i", .int64(9_000_000_000)), ("d", .float64(3)), ("b", .bool(false)), ("s", .string("it's"))]
        )
        #expect(try result.values("i", as: Int64.self) == [9_000_000_001])
        #expect(try result.values("d", as: Double.self) == [1.5])
        #expect(try result.values("b", as: Bool.self) == [true])
        #expect(try result.values("s", as: String.self) == ["it's!"])
    }

    @Test func aValueIsNeverPartOfTheText() throws {
        let frame = try EngineFixture.numbers([1, 2])
        let evil = "x'; DROP TABLE t; SELECT '"
        let result = try engine.sql("SELECT $s AS s, count(*) AS n FROM t", [("t", frame)], [("s", .string(evil))])
        #expect(try result.values("s", as: String.self) == [evil])
        #expect(try result.values("n", as: Int64.self) == [2])
    }

    @Test func nilIsNull() throws {
        let result = try engine.sql(
            "SELECT CAST($start_date AS DATE) IS NULL AS missing, coalesce($end_date, 'none') AS last",
            [],
            [("start_date", nil), ("end_date", nil)]
        )
        #expect(try result.values("missing", as: Bool.self) == [true])
        #expect(try result.values("last", as: String.self) == ["none"])
    }

    @Test func datesAreText() throws {
        let result = try engine.sql(
            "SELECT CAST('2013-01-15' AS DATE) BETWEEN CAST($start_date AS DATE) AND CAST($end_date AS DATE) AS inside",
            [],
            [("start_date", .string("2013-01-01")), ("end_date", .string("2013-01-31"))]
        )
        #expect(try result.values("inside", as: Bool.self) == [true])
    }

    @Test func onlyWhatTheTextNamesIsBound() throws {
        let result = try engine.sql("SELECT $a + $a AS twice", [], [("a", .int64(2)), ("unused", .string("?"))])
        #expect(try result.values("twice", as: Int64.self) == [4])
    }

    @Test func anUnknownNameListsTheNamesAndTheNearest() {
        let error = engine.refusal("SELECT $max_dely", [], [("max_delay", .int64(1)), ("carrier", nil)])
        #expect(error?.code == .invalid)
        #expect(
            error?.message
                == "the query names $max_dely, but its parameters are: $max_delay, $carrier; did you mean $max_delay?"
        )
    }

    @Test func aParameterWithoutANameIsRefused() {
        #expect(engine.refusal("SELECT ?")?.message.contains("$name") == true)
    }
}
