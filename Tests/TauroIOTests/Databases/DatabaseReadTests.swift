import Glibc
import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Tables and queries of databases as inputs.
@Suite struct DatabaseReadTests {
    private static let kinds = TestDatabase.Kind.allCases

    private func message(_ base: TestDatabase, _ dataset: DatasetDefinition) -> String {
        base.project.message { _ = try base.rows(dataset) }
    }

    @Test(arguments: kinds) func queriesAreSentAsTheyAre(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.store("SELECT i AS n FROM range(10) AS t(i)")
        let text = "SELECT max(n) AS m FROM \(base.prefix)t -- of all\n;"
        #expect(try base.rows(base.dataset(query: text)) == ["{'m': 9}"])
        var dataset = base.dataset(query: "SELECT n FROM \(base.prefix)t WHERE n < 2")
        dataset.columns = [.init(name: "n", type: "DECIMAL(4, 1)")]
        #expect(try base.rows(dataset) == ["{'n': 0.0}", "{'n': 1.0}"])
        #expect(try base.columns(dataset) == ["n: decimal128(4, 1)"])
    }

    @Test(arguments: kinds) func theDaysOfARunFilterTablesAndQueries(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.store(
            "SELECT i AS n, DATE '2026-01-01' + i :: INTEGER AS d, TIMESTAMP '2026-01-01 23:59:59.5' + i * INTERVAL 1 DAY AS m "
                + "FROM range(4) AS t(i)"
        )
        let window = DateWindow(start: "2026-01-02", end: "2026-01-03")
        for column in ["d", "m"] {
            for query in [nil, "SELECT n, d, m FROM \(base.prefix)t"] {
                var dataset = base.dataset(query: query)
                dataset.dateColumn = column
                let rows = try base.rows(dataset, dates: window)
                #expect(rows.map { $0.prefix(7) } == ["{'n': 1", "{'n': 2"], "\(column), \(query ?? "table"): \(rows)")
            }
        }
    }

    @Test(arguments: kinds) func aTableThatIsNotThereHasANearestName(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.ask("CREATE TABLE \(base.prefix)customers (n integer)")
        let error = message(base, base.dataset(table: "custmers"))
        #expect(error.contains("has no table '\(base.prefix)custmers'"), "\(error)")
        #expect(error.contains("did you mean '\(base.prefix)customers'?"), "\(error)")
        #expect(!error.contains("tauro-tests"))
    }

    @Test(arguments: kinds) func aQueryThatIsNoneIsToldInTheWordsOfTheDatabase(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let error = message(base, base.dataset(query: "SELECT 1 +\nFROM"))
        #expect(error.contains("Dataset 't'"), "\(error)")
        #expect(error.contains(kind == .sqlite ? "near \"FROM\": syntax error" : "LINE 2: FROM"), "\(error)")
    }

    @Test func wrongPasswordsAndMissingServersAreToldWithoutThePassword() throws {
        let base = try TestDatabase(.postgresql)
        let wrong = base.uri.replacing("tauro-tests", with: "very-wrong")
        let error = message(base, base.dataset(options: ["uri": .string(wrong)]))
        #expect(error.contains("password authentication failed"), "\(error)")
        #expect(!error.contains("very-wrong"), "\(error)")
        let away = "postgresql://u:very-wrong@127.0.0.1:1/x"
        let missing = message(base, base.dataset(options: ["uri": .string(away)]))
        #expect(missing.contains("could not connect to postgresql://127.0.0.1:1/x"), "\(missing)")
        #expect(missing.contains("Connection refused") && !missing.contains("very-wrong"), "\(missing)")
    }

    @Test func aMissingDriverSaysWhatToDo() throws {
        let base = try TestDatabase(.sqlite)
        let error = message(base, base.dataset(options: ["driver": .string("nowhere")]))
        #expect(error.contains("libadbc_driver_nowhere.so could not be loaded; run scripts/setup, or name"), "\(error)")
        let other = message(base, base.dataset(options: ["driver": .string("libc.so.6")]))
        #expect(other.contains("is no ADBC driver that can be used"), "\(other)")
    }

    @Test func aServerThatGoesAwayIsOneError() throws {
        let base = try TestDatabase(.postgresql)
        try base.ask(
            "CREATE TABLE \(base.prefix)t AS SELECT i AS n, repeat('x', 900) AS s FROM generate_series(1, 100000) AS t(i)"
        )
        let stream = try base.frame().stream()
        #expect(try stream.next() != nil)
        try base.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%\(base.prefix.dropLast())%' AND pid <> pg_backend_pid()"
        )
        let error = base.project.message { while try stream.next() != nil {} }
        #expect(error.contains("Dataset 't': table \(base.prefix)t of postgresql://127.0.0.1"), "\(error)")
        #expect(error.contains("terminating connection") || error.contains("server closed"), "\(error)")
    }

    @Test func aCancelledReadingEnds() throws {
        let base = try TestDatabase(.postgresql)
        let token = CancellationToken()
        let frame = try base.frame(
            base.dataset(query: "SELECT pg_sleep(i * 0.1)::text AS s FROM generate_series(0, 600) AS t(i)")
        )
        let thread = try WorkerPool(count: 1, name: "cancel")
        thread.submit {
            usleep(300_000)
            token.cancel()
        }
        let error = base.project.message {
            let stream = try frame.stream(cancellation: token)
            while try stream.next() != nil {}
        }
        thread.shutdown()
        #expect(error.contains("was cancelled"), "\(error)")
    }

    /// The database runs nothing yet when it is asked to give up first.
    @Test func aReadingEndsThatWasCancelledBeforeItBegan() throws {
        let base = try TestDatabase(.postgresql)
        let token = CancellationToken()
        let frame = try base.frame(
            base.dataset(query: "SELECT pg_sleep(i * 0.1)::text AS s FROM generate_series(0, 600) AS t(i)")
        )
        token.cancel()
        let error = base.project.message {
            let stream = try frame.stream(cancellation: token)
            while try stream.next() != nil {}
        }
        #expect(error.contains("was cancelled"), "\(error)")
    }

    @Test func aFrameIsReadByManyAtOnce() async throws {
        let base = try TestDatabase(.postgresql)
        try base.store("SELECT i AS n FROM range(100000) AS t(i)")
        let frame = try base.frame()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let stream = try frame.stream()
                    var count = 0
                    while let batch = try stream.next() { count += batch.rowCount }
                    return count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [100_000, 100_000, 100_000, 100_000])
    }

    @Test func anEmptyTableOfSQLiteHasTheTypesItWasMadeWith() throws {
        let base = try TestDatabase(.sqlite)
        try base.ask(
            "CREATE TABLE t (a text, b integer, c real, d blob, e decimal(10,2), f date, g boolean, h timestamp, i)"
        )
        let types = [
            "a: utf8", "b: int64", "c: float64", "d: binary", "e: decimal128(10, 2)", "f: date32", "g: bool",
            "h: timestamp(us)", "i: int64",
        ]
        #expect(try base.columns() == types)
        try base.ask("INSERT INTO t VALUES ('x', 1, 2, x'00ff', 1.5, '2026-01-02', 1, '2026-01-02 03:04:05', 'any')")
        #expect(
            try base.rows() == [
                "{'a': x, 'b': 1, 'c': 2.0, 'd': \\x00\\xFF, 'e': 1.50, 'f': 2026-01-02, 'g': true, 'h': '2026-01-02 03:04:05', "
                    + "'i': any}"
            ]
        )
    }

    @Test(arguments: [
        (["table": "t"], "needs 'uri'"), (["uri": "a.db"], "with 'table' or with 'query'"),
        (["uri": "a.db", "table": "t", "query": "SELECT 1"], "keep one"),
        (["uri": "a.db", "table": "a.b.c"], "expected table"),
        (["uri": "a.db", "table": "t", "tabel": "t"], "no option 'tabel'"),
    ])
    func wrongDescriptionsAreFoundBeforeAnythingRuns(options: [String: String], expected: String) throws {
        let project = try Project()
        var dataset = project.output("sqlite", options: options.mapValues { .string($0) })
        dataset.path = Located("")
        let loader = InputLoader(engine: RealStore.engine, parts: TestDatabase.parts)
        let problems = loader.check(dataset, isStored: false, as: .frame).all.map(\.message)
        #expect(problems.contains { $0.contains(expected) }, "\(problems)")
    }

    @Test func anyDriverIsNamedByItsPath() throws {
        let base = try TestDatabase(.sqlite)
        let dataset = base.project.output(
            "adbc",
            options: [
                "driver": .string(TestDatabase.root + "/.tauro/vendor/adbc/libadbc_driver_sqlite.so"),
                "uri": .string(base.uri), "table": .string("t"),
            ],
            mode: .append
        )
        for run in [1, 1, 2] { #expect(try base.store("SELECT 5 :: BIGINT AS n", as: dataset, run: run).rows == 1) }
        #expect(try base.ask("SELECT n FROM t") == ["5", "5"])
        #expect(try base.rows(dataset) == ["{'n': 5}", "{'n': 5}"])
    }

    /// DuckDB's own library is a driver too, with an entry of another name.
    @Test func aDriverMayHaveAnEntryOfAnotherName() throws {
        let base = try TestDatabase(.sqlite)
        _ = try RealStore.engine.run(SQLStatement(text: "SELECT 1 AS n", tables: []), cancellation: CancellationToken())
        let library = TestDatabase.root + "/.tauro/vendor/duckdb/_duckdb.cpython-311-x86_64-linux-gnu.so"
        let dataset = base.project.output(
            "adbc",
            options: [
                "driver": .string(library), "entrypoint": .string("duckdb_adbc_init"),
                "path": .string(base.project["t.duckdb"]), "query": .string("SELECT 1 AS n, DATE '2026-01-02' AS d"),
            ]
        )
        #expect(try base.rows(dataset) == ["{'n': 1, 'd': 2026-01-02}"])
    }
}
