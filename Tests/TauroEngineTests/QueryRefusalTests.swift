import TauroModel
import Testing

@testable import TauroEngine

/// What a node's SQL may not do, and what the message then says.
@Suite struct QueryRefusalTests {
    let engine = EngineFixture.engine()

    @Test(arguments: [
        "DROP TABLE t", "INSERT INTO t VALUES (1)", "CREATE TABLE u AS SELECT 1", "COPY t TO '/tmp/x.csv'",
        "ATTACH '/tmp/x.db'", "SET threads = 1", "PRAGMA version", "CALL pragma_version()", "INSTALL httpfs",
        "LOAD httpfs", "EXPORT DATABASE '/tmp/x'", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE t", "", "-- nothing",
        "DESCRIBE t", "SHOW TABLES", "SUMMARIZE t", "SELECT * FROM (DESCRIBE t)", "EXPLAIN SELECT 1", "VACUUM",
    ])
    func onlyOneSelectIsRun(text: String) throws {
        let error = engine.refusal(text, [("t", try EngineFixture.numbers([1]))])
        #expect(error?.code == .invalid, "\(text)")
        #expect(error?.message.contains("one SELECT or WITH statement") == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "SELECT * FROM '/etc/passwd.csv'", "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/*')",
        "SELECT * FROM glob('/*')", "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_settings",
        "SELECT * FROM information_schema.tables", "SELECT * FROM main.t", "SELECT * FROM temp.t",
        "SELECT * FROM tauro_scan(1)", "SELECT * FROM t WHERE x IN (SELECT 1 FROM parquet_scan('/x'))",
        "WITH c AS (SELECT * FROM read_json('/x')) SELECT * FROM c", "SELECT current_setting('threads')",
        "SELECT * FROM (WITH \"/x.csv\" AS (SELECT 1) SELECT 1), '/x.csv'", "SELECT * FROM query('SELECT 1')",
        "SELECT json_serialize_plan('SELECT * FROM read_csv(''/etc/passwd'')')",
        "SELECT main.current_setting('threads')",
        "SELECT (SELECT max(a) FROM '/x.parquet' p(a))", "SELECT * FROM t, LATERAL (SELECT * FROM query_table('t'))",
    ])
    func nothingBeyondTheTablesIsRead(text: String) throws {
        let error = engine.refusal(text, [("t", try EngineFixture.numbers([1]))])
        let message = error?.message ?? "was run"
        #expect(error?.code == .invalid, "\(text): \(message)")
        #expect(
            ["is refused", "no table", "can not be called"].contains { message.contains($0) },
            "\(text): \(message)"
        )
    }

    @Test(arguments: [
        "SELECT i FROM range(3) r(i)", "WITH c AS (SELECT x FROM t) SELECT * FROM c",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT * FROM c",
        "SELECT u FROM t, unnest([x, x]) v(u)", "SELECT x FROM t UNION ALL SELECT x FROM T", "VALUES (1)", "SELECT 1;",
        "SELECT * FROM (SELECT x AS a FROM t) q WHERE EXISTS (SELECT 1 FROM t WHERE x = q.a)",
    ])
    func ordinaryQueriesAreRun(text: String) throws {
        #expect(engine.refusal(text, [("t", try EngineFixture.numbers([1]))])?.message == nil, "\(text)")
    }

    @Test func anUnknownTableListsTheTablesAndTheNearest() throws {
        let error = engine.refusal(
            "SELECT * FROM fligths",
            [("flights", try EngineFixture.numbers([1])), ("weather", try EngineFixture.numbers([1]))]
        )
        #expect(
            error?.message
                == "no table 'fligths'; the query's tables are: 'flights', 'weather'; did you mean 'flights'?"
        )
    }

    @Test func aSyntaxErrorSaysWhere() {
        let error = engine.refusal("SELECT 1 +\nFROM")
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("LINE 2") == true, "\(error?.message ?? "")")
    }
}
