import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroIO

/// An input changes nothing, whatever its query says.
@Suite struct DatabaseReadingOnlyTests {
    private static let kinds = TestDatabase.Kind.allCases

    @Test(arguments: [
        ("DELETE FROM t RETURNING n", "begins with DELETE"),
        ("/* SELECT */ insert into t select 1", "begins with INSERT"),
        ("WITH d AS (DELETE FROM t RETURNING n) SELECT * FROM d", "has a part that is DELETE"),
        ("WITH d AS (SELECT 1) UPDATE t SET n = 1", "has a part that is UPDATE"),
        ("SELECT 1; DROP TABLE t", "begins with DROP"), ("SELECT n INTO u FROM t", "has the word INTO"),
        ("EXPLAIN ANALYZE DELETE FROM t", "begins with EXPLAIN"), ("PRAGMA query_only = 0", "begins with PRAGMA"),
    ])
    func aQueryThatChangesSomethingIsTold(query: String, expected: String) {
        #expect(ReadingQuery.problem(query)?.hasPrefix(expected) == true, "\(ReadingQuery.problem(query) ?? "")")
        #expect(ReadingQuery.problem(query)?.contains("an input only reads") == true)
    }

    @Test(arguments: [
        "SELECT 1", " -- all\n(select 'DELETE FROM t; INSERT INTO t', \"INTO\" FROM t) ; ", "VALUES (1)", "TABLE t",
        "SHOW tables",
        "WITH a AS (SELECT replace(s, 'a', 'b') FROM t) SELECT * FROM a WHERE (deleted) FOR UPDATE",
        "SELECT $q$; DROP TABLE t$q$, $1", "SELECT * EXCLUDE (a) REPLACE (b + 1 AS b) FROM t",
        "SELECT 'it''s' /* /* ; */ DROP */",
        "UNPIVOT t ON a, b INTO NAME x VALUE y",
    ])
    func aQueryThatReadsIsTaken(query: String) {
        #expect(ReadingQuery.problem(query) == nil)
    }

    @Test(arguments: kinds) func neitherCheckingNorReadingRunsAQueryThatDeletes(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.store("SELECT i AS n FROM range(3) AS t(i)")
        for query in ["DELETE FROM \(base.prefix)t RETURNING n", "INSERT INTO \(base.prefix)t VALUES (7) RETURNING n"] {
            let dataset = base.dataset(query: query)
            let loader = InputLoader(engine: RealStore.engine, parts: TestDatabase.parts)
            let problems = loader.check(dataset, isStored: false, as: .frame).all.map(\.message)
            #expect(problems.contains { $0.contains("an input only reads") }, "\(problems)")
            let driver = DatabaseDriver(engine: RealStore.engine, parts: TestDatabase.parts)
            for body in [
                { _ = try driver.find(dataset) }, { _ = try driver.open(dataset, dates: DateWindow()).stream().next() },
            ] {
                let error = base.project.message(body)
                #expect(error.contains("an input only reads"), "\(error)")
            }
        }
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["3"])
    }

    /// What the words of a query do not tell, the server refuses.
    @Test func aFunctionThatDeletesIsRefusedByTheServer() throws {
        let base = try TestDatabase(.postgresql)
        try base.store("SELECT i AS n FROM range(3) AS t(i)")
        try base.ask(
            "CREATE FUNCTION \(base.prefix)clear() RETURNS bigint LANGUAGE sql AS 'DELETE FROM \(base.prefix)t RETURNING n'"
        )
        let dataset = base.dataset(query: "SELECT \(base.prefix)clear() AS n")
        #expect(try base.columns(dataset) == ["n: int64"])
        let error = base.project.message { _ = try base.rows(dataset) }
        #expect(error.contains("read-only transaction") && error.contains("an input only reads"), "\(error)")
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["3"])
    }

    @Test(arguments: kinds) func aConnectionThatReadsCanNotWrite(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.store("SELECT i AS n FROM range(3) AS t(i)")
        let sessions = DatabaseSessions(parts: TestDatabase.parts)
        let connection = try sessions.connectForReading(DatabaseSettings(base.dataset()))
        let error = base.project.message { try connection.execute("DELETE FROM \(base.prefix)t") }
        #expect(error.contains("read-only transaction") || error.contains("readonly database"), "\(error)")
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["3"])
    }

    @Test func theColumnsOfAQueryAreKnownWithoutRunningIt() throws {
        let base = try TestDatabase(.postgresql)
        let dataset = base.dataset(query: "SELECT 1 / 0 AS n, 'x' AS s")
        #expect(try base.columns(dataset) == ["n: int32", "s: utf8"])
        #expect(base.project.message { _ = try base.rows(dataset) }.contains("division by zero"))
    }
}
