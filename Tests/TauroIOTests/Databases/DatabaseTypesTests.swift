import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// What becomes of types in databases, held to the table of the documentation.
@Suite struct DatabaseTypesTests {
    /// A type of SQL, and a value of it.
    private static let samples = [
        ("BOOLEAN", "true"), ("SMALLINT", "-32768"), ("INTEGER", "7"), ("BIGINT", "9223372036854775807"),
        ("UBIGINT", "7"), ("FLOAT", "1.5"), ("DOUBLE", "0.1"), ("DOUBLE", "'NaN'"), ("DECIMAL(12, 2)", "1234567890.12"),
        ("DECIMAL(38, 10)", "1234567890123456789012345678.0123456789"), ("VARCHAR", "'é'"), ("VARCHAR", "''"),
        ("BLOB", "'\\x00\\xFF'"), ("DATE", "'0001-01-01'"), ("TIME", "'10:11:12.5'"),
        ("TIMESTAMP", "'2026-01-02 03:04:05.123456'"), ("TIMESTAMP_NS", "'2026-01-02 03:04:05.123456789'"),
        ("TIMESTAMPTZ", "'2026-01-02 03:04:05+02'"), ("INTERVAL", "'1 day'"), ("INTEGER[]", "[1, NULL]"),
        ("VARCHAR[]", "['a']"), ("STRUCT(a INTEGER)", "{'a': 1}"),
    ]

    private func row(_ type: String, _ value: String) throws -> String {
        let query = "SELECT CAST(\(value) AS \(type)) AS v UNION ALL SELECT NULL"
        let text = "SELECT CAST(CAST(\(value) AS \(type)) AS VARCHAR) AS text"
        let before = try RealStore.engine.run(
            SQLStatement(text: text, tables: []),
            cancellation: CancellationToken()
        ).stream().next()?.column("text", as: String.self).first.flatMap(\.self)
        return try row(before) {
            try RealStore.engine.run(SQLStatement(text: query, tables: []), cancellation: CancellationToken())
        }
    }

    /// What becomes of a frame whose first row is, in the engine's words, `before`.
    private func row(_ before: String?, _ frame: () throws -> Frame) throws -> String {
        let kinds: [TestDatabase.Kind] = [.postgresql, .sqlite]
        return try kinds.map { kind in
            let base = try TestDatabase(kind)
            do {
                try base.store(frame())
            } catch {
                return "refused"
            }
            let after = try base.rows(base.dataset())
            let column = try base.columns()[0].dropFirst(3)
            let isSame = after.contains("{'v': \(before ?? "")}") || after.contains("{'v': '\(before ?? "")'}")
            return "\(try made(base)), `\(column)`\(isSame ? "" : ", \(after[0].replacing("|", with: "/"))")"
        }.joined(separator: " | ")
    }

    /// The type that the database says the column has.
    private func made(_ base: TestDatabase) throws -> String {
        if base.kind == .sqlite { return try base.ask("SELECT type FROM pragma_table_info('t')").joined() }
        return try base.ask(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attnum = 1 AND attrelid = '\(base.prefix)t'::regclass"
        ).joined()
    }

    private func table() throws -> [String] {
        var lines = ["| SQL type, value | PostgreSQL, and read again | SQLite, and read again |", "|---|---|---|"]
        for (type, value) in Self.samples { lines.append("| `\(type)` \(value) | \(try row(type, value)) |") }
        let words = try row("red") {
            let column = try ArrowSample.dictionary([0, 1, nil, 0], of: ["red", "green"])
            let batch = try RecordBatch(columns: [("v", column)])
            return Frame(schema: batch.schema, batches: [batch])
        }
        lines.append("| a `dictionary` of text, 'red' | \(words) |")
        let nothing = try row(nil) { Frame(schema: Schema([]), batches: []) }
        lines.append("| a table without columns | \(nothing) |")
        return lines
    }

    @Test func theTableOfTheDocumentationIsWhatHappens() throws {
        try DocumentedTable("Databases", of: "DatabaseTypesTests").check(table())
    }

    @Test func whatPostgreSQLHasIsReadAndStoredAgain() throws {
        let base = try TestDatabase(.postgresql)
        try base.ask(
            """
            CREATE TABLE \(base.prefix)s (n numeric(12,2), m numeric, v varchar(9), c char(3), u uuid, j json, b jsonb, a int[],
              i interval, i2 int2, t timestamptz);
            INSERT INTO \(base.prefix)s VALUES (12.34, 123456789012345678901234567890123456789012.5, 'v', 'c',
              '6f1f6f2a-7b1c-4c3a-9a53-0d7a5d9f1a11', '{"a":1}', '{"a":1}', '{1,null}', '1 day', 3, '2026-01-02 03:04:05+02');
            INSERT INTO \(base.prefix)s DEFAULT VALUES;
            CREATE TABLE \(base.prefix)t (LIKE \(base.prefix)s);
            """
        )
        #expect(
            try base.columns(base.dataset(table: "s")) == [
                "n: decimal128(12, 2)", "m: utf8", "v: utf8", "c: utf8", "u: utf8", "j: utf8", "b: utf8",
                "a: list<int32>",
                "i: interval(monthDayNano)", "i2: int16", "t: timestamp(us, UTC)",
            ]
        )
        let others = "SELECT n, v, c, u, j, b, a, i, i2, t FROM \(base.prefix)s"
        try base.ask("ALTER TABLE \(base.prefix)t DROP m")
        let frame = try base.frame(base.dataset(query: others))
        _ = try DataOutputManager(engine: RealStore.engine, writers: 1, parts: TestDatabase.parts).store(
            .frame(frame),
            as: base.dataset(),
            commit: CommitIdentity(runID: RealStore.run(1), node: "n"),
            cancellation: CancellationToken()
        )
        #expect(try base.ask("SELECT * FROM \(base.prefix)t") == base.ask(others))
    }
}
