import Foundation
import Testing

/// Delta tables as outputs of whole runs, read by another implementation (`deltalake`).
@Suite struct DeltaOutputTests {
    private func project(_ output: String) throws -> TestProject {
        let project = try TestProject(
            nodes: """
                rows: {function: t.count, output: [gold.rows], params: {upto: 3}}
                total: {function: t.total, input: [gold.rows], output: [gold.total]}

                """,
            pipeline: ["rows", "total"],
            output: output
        )
        try project.plugin()
        return project
    }

    private func numbers(_ path: String) throws -> String {
        let program = """
            import sys
            from deltalake import DeltaTable, QueryBuilder
            table = DeltaTable(sys.argv[1])
            rows = QueryBuilder().register("t", table).execute("SELECT n FROM t ORDER BY n").read_all()
            print(table.version(), rows.column(0).to_pylist() if hasattr(rows.column(0), "to_pylist") else [v.as_py() for v in rows.column(0)])
            """
        let result = try HostProcess.start(Checkout.root + "/scripts/python", ["-c", program, path])
        try #require(result.status == 0, "\(result.errors)")
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func twoRunsAreTwoVersionsThatOthersRead() throws {
        let project = try project("gold.rows: {format: delta, write_mode: append, options: {compression: zstd}}\n")
        let first = try project.host("run", "p")
        #expect(first.status == 0, "\(first.errors)")
        let path = project.path + "/out/gold/rows"
        #expect(try numbers(path) == "0 [0, 1, 2]")
        let second = try project.host("run", "p")
        #expect(second.status == 0, "\(second.errors)")
        #expect(try numbers(path) == "1 [0, 0, 1, 1, 2, 2]")
        let list = try project.host("datasets", "list").output
        #expect(list.contains("gold.rows") && list.contains("delta"), "\(list)")
        #expect(try project.host("datasets", "schema", "gold.rows").output.contains("int64"))
        let profile = try project.host("datasets", "profile", "gold.rows")
        #expect(profile.status == 0 && (profile.errors + profile.output).contains("6 rows"), "\(profile)")
        let preview = try project.host("datasets", "preview", "gold.rows")
        #expect(preview.status == 0 && preview.errors.contains("6 rows shown"), "\(preview)")
        let before = try project.host("datasets", "preview", "gold.rows", "--version", "0")
        #expect(before.status == 0 && before.errors.contains("3 rows shown"), "\(before)")
    }

    @Test func whatCanNotBeIsFoundBeforeAnythingRuns() throws {
        let refused = try project("gold.rows: {format: delta, write_mode: append, options: {compresion: zstd}}\n").host(
            "run",
            "p"
        )
        #expect(refused.status == 2, "\(refused)")
        let newer = try project("gold.rows: {format: delta, write_mode: append}\n")
        let log = newer.path + "/out/gold/rows/_delta_log"
        try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: true)
        let schema = #"{\"type\":\"struct\",\"fields\":[]}"#
        try """
        {"protocol":{"minReaderVersion":4,"minWriterVersion":8}}
        {"metaData":{"id":"a","format":{"provider":"parquet","options":{}},"schemaString":"\(schema)","partitionColumns":[]}}
        """.write(toFile: log + "/00000000000000000000.json", atomically: true, encoding: .utf8)
        let result = try newer.host("run", "p")
        #expect(
            result.status == 2 && result.errors.contains("needs reader version 4 and writer version 8"),
            "\(result)"
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: log).count == 1)
    }
}
