import Foundation
import Testing

/// Pipelines from tables of databases into others, by the real program.
@Suite struct DatabaseTests {
    private static func server() throws -> String {
        try #require(
            ProcessInfo.processInfo.environment["TAURO_TEST_POSTGRESQL"],
            "TAURO_TEST_POSTGRESQL is not set: run tests as scripts/services run swift test"
        )
    }

    @discardableResult
    private func psql(_ statement: String) throws -> String {
        let result = try HostProcess.start(
            "/usr/bin/psql",
            [try Self.server(), "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement]
        )
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }

    /// A schema of the test's own with ten orders, and a project that adds them up and copies them.
    private func withProject(_ body: (TestProject, [String: String], String) throws -> Void) throws {
        let schema = "h" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        try psql("CREATE SCHEMA \(schema)")
        try psql(
            "CREATE TABLE \(schema).orders AS SELECT i::bigint AS n, date '2026-01-01' + i AS day FROM generate_series(0, 9) AS t(i)"
        )
        defer { _ = try? psql("DROP SCHEMA \(schema) CASCADE") }
        let project = try TestProject(
            nodes: """
                total: {function: t.total, input: [orders], output: gold.total}
                copy: {function: t.pass, input: [orders], output: gold.copy}

                """,
            pipeline: ["total", "copy"],
            input: "orders: {format: postgresql, uri: '${secret:SHOP}', table: \(schema).orders, date_column: day}\n",
            output: """
                gold.total: {format: postgresql, uri: '${secret:SHOP}', table: \(schema).totals, write_mode: append}
                gold.copy: {format: sqlite, uri: copy.db, table: copy, write_mode: append}

                """
        )
        try project.plugin()
        try body(project, ["SHOP": try Self.server()], schema)
    }

    @Test func aRunReadsAndStoresTablesOfTwoDatabases() throws {
        try withProject { project, environment, schema in
            for days in [["--start-date", "2026-01-02", "--end-date", "2026-01-03"], []] {
                let run = try HostProcess.run(["run", "p", "--project", project.path] + days, environment: environment)
                #expect(run.status == 0, "\(run.errors)")
            }
            #expect(try psql("SELECT total FROM \(schema).totals ORDER BY total") == "3\n45\n")
            #expect(try psql("SELECT count(*) FROM \(schema).tauro_commits WHERE node = 'total'") == "2\n")
            let program =
                "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT count(*), min(day) FROM copy'))"
            let copied = try HostProcess.start("/usr/bin/env", ["python3", "-c", program, project.path + "/copy.db"])
            #expect(copied.output == "(12, '2026-01-01')\n", "\(copied)")
            let preview = try project.host("datasets", "preview", "gold.copy", environment: environment)
            #expect(preview.errors.contains("columns: n int64, day date32"), "\(preview)")
        }
    }

    /// Its rows end the connection that reads them halfway, after many have come.
    @Test func aServerThatGoesAwayWhileATableIsReadIsOneError() throws {
        try withProject { project, environment, schema in
            try project.scratch.write(
                "pass: {function: t.pass, input: [orders], output: gold.rows}\n",
                to: "project/config/nodes.yaml"
            )
            try project.scratch.write("p: {nodes: [pass]}\n", to: "project/config/pipelines.yaml")
            try project.scratch.write("gold.rows: {format: parquet}\n", to: "project/config/output.yaml")
            try project.scratch.write(
                "orders: {format: postgresql, uri: '${secret:SHOP}', table: \(schema).orders}\n",
                to: "project/config/input.yaml"
            )
            let first = try project.host("run", "p", environment: environment)
            try #require(first.status == 0, "\(first.errors)")
            let before = try stored(project)
            try psql(
                """
                DROP TABLE \(schema).orders;
                CREATE VIEW \(schema).orders AS SELECT i::bigint AS n, date '2026-01-01' AS day,
                  CASE WHEN i = 50000 THEN pg_terminate_backend(pg_backend_pid())::text ELSE repeat('x', 900) END AS note
                FROM generate_series(1, 100000) AS t(i)
                """
            )
            let run = try project.host("run", "p", "--format", "json", environment: environment)
            #expect(run.status == 4, "\(run.errors)")
            let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let errors = (document?["errors"] as? [[String: Any]] ?? []).map { $0["message"] as? String ?? "" }
            #expect(errors.count == 1, "\(errors)")
            for part in ["Dataset 'orders'", "table \(schema).orders of ", "terminating connection"] {
                #expect(errors.first?.contains(part) == true, "\(part) in: \(errors)")
            }
            #expect(try stored(project) == before)
        }
    }

    /// Files below the output `gold.rows` and their contents.
    private func stored(_ project: TestProject) throws -> [String: Data] {
        let folder = project.path + "/out/gold/rows"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data()) }
        )
    }

    @Test func theAddressIsShownNowhere() throws {
        try withProject { project, environment, _ in
            let password = try #require(
                try Self.server().split(separator: ":").dropFirst(2).first?.prefix { $0 != "@" }
            )
            for verb in [
                ["run", "p"], ["validate"], ["plan", "p"], ["plan", "p", "--format", "json"], ["config", "show"],
                ["datasets", "list"], ["datasets", "schema", "orders"], ["datasets", "profile", "orders"],
                ["datasets", "preview", "gold.total"],
            ] {
                let result = try HostProcess.run(verb + ["--project", project.path], environment: environment)
                #expect(result.status == 0, "\(verb): \(result.errors)")
                #expect(!(result.output + result.errors).contains(password), "\(verb)")
            }
        }
    }

    @Test func aServerThatDoesNotLetUsInIsAMissingResource() throws {
        try withProject { project, _, _ in
            let environment = ["SHOP": "postgresql://u:not-this-one@127.0.0.1:1/x"]
            let check = try project.host("validate", environment: environment)
            #expect(
                check.status == 0 && check.errors.contains("warning: Dataset 'orders': could not connect"),
                "\(check)"
            )
            let run = try project.host("run", "p", environment: environment)
            #expect(run.status == 5, "\(run.errors)")
            #expect(run.errors.contains("Connection refused") && !run.errors.contains("not-this-one"), "\(run.errors)")
        }
    }
}
