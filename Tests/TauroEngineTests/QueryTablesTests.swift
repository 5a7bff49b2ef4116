import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// Which tables the query of a dataset reads.
@Suite struct QueryTablesTests {
    let engine = EngineFixture.engine()

    @Test(arguments: [
        ("SELECT 1", []), ("SELECT * FROM a, A, \"b.c\" AS d", ["a", "b.c"]),
        ("WITH a AS (SELECT * FROM a) SELECT * FROM a", ["a"]), ("WITH a AS (SELECT 1) SELECT * FROM a", []),
        ("WITH a AS (SELECT 1), b AS (SELECT * FROM a) SELECT * FROM b WHERE EXISTS (FROM c)", ["c"]),
        ("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a), a", ["a"]),
        ("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r, s) SELECT * FROM r", ["s"]),
        ("SELECT (SELECT max(x) FROM a) UNION ALL SELECT 1 FROM b ORDER BY (SELECT min(x) FROM c)", ["a", "b", "c"]),
        ("FROM range(3) AS a", []),
    ])
    func subqueriesAreNoTables(query: String, tables: [String]) throws {
        #expect(try Set(engine.tables(readBy: query)) == Set(tables))
    }

    @Test(arguments: [
        "SELECT 1; SELECT 2", "DROP TABLE a", "SELECT * FROM x.a", "SELECT $a", "SELECT ?", "PIVOT a ON x USING sum(y)",
        "",
    ])
    func otherTextsAreRefused(query: String) {
        #expect(
            performing: { try engine.tables(readBy: query) },
            throws: { ($0 as? SQLError)?.code == .invalid }
        )
    }

    @Test func framesAreReadWhereTheyAreAndAnyNumberOfTimes() throws {
        let numbers = try EngineFixture.numbers([3, 1, 2])
        let inner = try engine.open(QueryRequest(text: "SELECT x FROM t WHERE x > 1;", tables: [("t", numbers)]))
        // The table `t` here is another than that of the query inside.
        let request = QueryRequest(
            text: "SELECT a.x + b.x AS x FROM t a, t b ORDER BY 1 --",
            tables: [("t", inner)],
            columns: [("x", "DOUBLE")]
        )
        let frame = try engine.open(request)
        #expect(try frame.schema().fields.map(\.type) == [.float64])
        for _ in 0..<2 { #expect(try frame.values("x", as: Double.self) == [4, 5, 5, 6]) }
        #expect(try engine.sql("SELECT sum(x) AS s FROM t", [("t", frame)]).values("s", as: Double.self) == [20])
    }

    @Test func aTypeThatIsNoneIsRefused() {
        #expect(
            performing: {
                try engine.open(QueryRequest(text: "SELECT 1 AS x", tables: [], columns: [("x", "INT); DROP")]))
            },
            throws: { "\($0)".contains("is no SQL type") }
        )
    }
}
