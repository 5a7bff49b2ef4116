import Foundation
import Testing

/// Delta tables as inputs, written by another implementation (`deltalake`).
@Suite struct DeltaInputTests {
    /// Three versions: rows 0 to 2, then 0 and 1 more, then the row 7 alone; partitioned by `s`.
    private static let writer = """
        import os, sys
        import arro3.core as ac
        from deltalake import DeltaTable, write_deltalake
        def rows(numbers):
            names = ac.Array(["é" if n % 2 else "a b" for n in numbers], ac.DataType.string())
            return ac.Table.from_pydict({"n": ac.Array(list(numbers), ac.DataType.int64()), "s": names})
        path = sys.argv[1]
        write_deltalake(path, rows(range(3)), partition_by=["s"])
        write_deltalake(path, rows(range(2)), mode="append")
        write_deltalake(path, rows([7]), mode="overwrite")
        for version, day in enumerate([1767225600, 1767312000, 1767398400]):
            os.utime(f"{path}/_delta_log/{version:020}.json", (day, day))

        """

    private func project(
        _ options: String = "",
        more program: String = "",
        at place: String = "table"
    ) throws
        -> TestProject
    {
        let project = try TestProject(
            nodes: "total: {function: t.total, input: [rows], output: gold.total}\n",
            pipeline: ["total"],
            input: "rows: {format: delta, path: data/\(place)\(options)}\n"
        )
        let data = project.path + "/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let result = try HostProcess.start(
            Checkout.root + "/scripts/python",
            ["-c", Self.writer + program, data + "/written"]
        )
        try #require(result.status == 0, "\(result.errors)")
        try FileManager.default.moveItem(atPath: data + "/written", toPath: data + "/" + place)
        try project.plugin()
        return project
    }

    private func log(_ project: TestProject, _ version: Int) -> String {
        project.path + "/data/table/_delta_log/0000000000000000000\(version).json"
    }

    private func total(_ project: TestProject) throws -> String {
        let run = try project.host("run", "p")
        guard run.status == 0 else { return "\(run.status): \(run.errors)" }
        let rows = try project.host("datasets", "preview", "gold.total").output.split(separator: "\n")
        return rows.count == 2 ? rows[1].trimmingCharacters(in: .whitespaces) : "\(rows)"
    }

    @Test(arguments: [
        ("", "7"), (", options: {version: 0}", "3"), (", options: {versionAsOf: 1}", "4"),
        (", options: {timestamp: 2026-01-02}", "4"), (", options: {timestamp: '2026-01-01T23:59:59.9Z'}", "3"),
        (", options: {timestampAsOf: '2026-01-03 01:00+02:00'}", "4"), (", options: {timestamp: 2030-01-01}", "7"),
    ])
    func theVersionThatIsAskedForIsRead(options: String, expected: String) throws {
        #expect(try total(project(options)) == expected)
    }

    @Test func verbsShowTheVersionThatIsAskedFor() throws {
        let project = try project(", options: {timestamp: 2030-01-01}")
        func datasets(_ words: String...) throws -> String {
            let result = try HostProcess.run(["datasets"] + words + ["--project", project.path])
            return "\(result.status) \(result.output)\(result.errors)"
        }
        #expect(try datasets("preview", "rows").contains("1 row shown"))
        #expect(try datasets("preview", "rows", "--version", "0").contains("3 rows shown"))
        #expect(try datasets("preview", "rows", "--version=1").contains("5 rows shown"))
        #expect(try datasets("profile", "rows", "--version", "1").contains("5 rows"))
        let schema = try datasets("schema", "rows", "--version", "0", "--format", "json")
        #expect(schema.hasPrefix("0 ") && schema.contains("\"int64\""), "\(schema)")
        let absent = try datasets("preview", "rows", "--version", "9")
        #expect(
            absent.hasPrefix("2 ") && absent.contains("there is no version 9; its versions are 0 to 2"),
            "\(absent)"
        )
        for (verb, wrong) in [("preview", "-1"), ("schema", "first"), ("profile", "1.5")] {
            let refused = try datasets(verb, "rows", "--version=\(wrong)")
            let expected = "--version is a whole number from 0, and is '\(wrong)'"
            #expect(refused.hasPrefix("2 ") && refused.contains(expected), "\(refused)")
        }
        let document = try datasets("preview", "rows", "--format", "json", "--version=-1")
        #expect(document.hasPrefix("2 {") && document.contains("--version is a whole number"), "\(document)")
    }

    @Test func datasetsWithoutVersionsSaySo() throws {
        let project = try project()
        try project.scratch.write(
            "rows: {format: csv, path: data/rows.csv}\nasked: {format: query, query: SELECT 1 AS n}\n",
            to: "project/config/input.yaml"
        )
        for (id, format) in [("rows", "csv"), ("asked", "query"), ("gold.total", "parquet")] {
            for verb in ["preview", "schema", "profile"] {
                let result = try project.host("datasets", verb, id, "--version", "0")
                let expected = "Dataset '\(id)' has the format \(format), which has no versions"
                #expect(result.status == 2 && result.errors.contains(expected), "\(result)")
                #expect(result.errors.contains("leave out --version, or store it with format: delta"))
            }
        }
        let document = try project.host("datasets", "schema", "rows", "--version", "0", "--format", "json").output
        #expect(document.contains("which has no versions"), "\(document)")
    }

    @Test(arguments: ["a table", "é", "it's [1]*"]) func pathsMayHoldMostSigns(name: String) throws {
        let project = try project()
        try FileManager.default.moveItem(atPath: project.path + "/data/table", toPath: project.path + "/data/\(name)")
        let quoted = name.replacingOccurrences(of: "'", with: "''")
        let input = "rows: {format: delta, path: 'data/\(quoted)', options: {version: 1}, schema: {n: DOUBLE}}\n"
        try project.scratch.write(input, to: "project/config/input.yaml")
        let preview = try project.host("datasets", "preview", "rows")
        #expect(preview.errors.contains("5 rows shown; columns: n float64, s utf8"), "\(preview)")
        #expect(preview.output.contains("é") && preview.output.contains("a b"))
    }

    @Test func deletedRowsAndCheckpointsAreThoseOfTheWriter() throws {
        let more = """
            table = DeltaTable(path)
            write_deltalake(path, rows(range(10)), mode="append")
            DeltaTable(path).delete("n = 5")
            DeltaTable(path).create_checkpoint()
            for version in range(4): os.remove(f"{path}/_delta_log/{version:020}.json")

            """
        #expect(try total(project(more: more)) == "47")
        let old = try project(", options: {version: 2}", more: more).host("run", "p")
        #expect(old.status == 2 && old.errors.contains("version 2 is gone; its versions are 4 to 4"), "\(old.errors)")
    }

    @Test(arguments: [
        (", options: {version: 9}", "there is no version 9; its versions are 0 to 2"),
        (", options: {timestamp: 2025-12-31}", "version 0 is of 2026-01-01T00:00:00.000Z"),
        (", options: {timestamp: yesterday}", "expects a day or a moment"),
        (", options: {version: -1}", "expects a whole number from 0"),
        (", options: {version: 1, timestamp: 2026-01-01}", "'timestamp' and 'version' both say which version"),
        (", options: {vresion: 1}", "did you mean 'version'?"),
    ])
    func whatCanNotBeReadIsFoundBefore(options: String, message: String) throws {
        let result = try project(options).host("run", "p")
        #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    }

    @Test func aLogThatIsBrokenNamesTheFile() throws {
        let gap = try project()
        try FileManager.default.removeItem(atPath: log(gap, 1))
        let missing = try gap.host("run", "p")
        #expect(missing.status == 2 && missing.errors.contains("has a gap: \(log(gap, 1)) is missing"))
        let torn = try project()
        try "{\"commitInfo\":{}}\n{\"add\":{\"pa".write(toFile: log(torn, 2), atomically: true, encoding: .utf8)
        let broken = try torn.host("run", "p")
        #expect(broken.status == 4 && broken.errors.contains("\(log(torn, 2)):2 is no whole line of JSON"))
        #expect(!FileManager.default.fileExists(atPath: torn.path + "/out"))
        try FileManager.default.removeItem(atPath: torn.path + "/data/table/_delta_log")
        #expect(try torn.host("run", "p").errors.contains("it has no directory _delta_log"))
        let files = try project()
        let parts = try FileManager.default.subpathsOfDirectory(atPath: files.path + "/data/table")
        for part in parts where part.hasSuffix(".parquet") {
            try FileManager.default.removeItem(atPath: files.path + "/data/table/" + part)
        }
        let gone = try files.host("run", "p")
        #expect(gone.status == 4 && gone.errors.contains(".parquet"), "\(gone.errors)")
    }

    @Test func outputsInAFormatThatIsOnlyReadAreRefused() throws {
        let project = try project()
        try project.scratch.write("gold.total: {format: avro}\n", to: "project/config/output.yaml")
        let result = try project.host("run", "p")
        #expect(result.status == 2 && result.errors.contains("is read, but not written in this version"))
    }

    /// A project without the checkout's vendor parts but for the engine: what is missing is named, and is loaded once it is
    /// there and trusted.
    @Test func theExtensionIsNeededAndHeldToTheRuleOfTrust() throws {
        let project = try project()
        let vendor = Checkout.root + "/.tauro/vendor"
        let version = try String(contentsOfFile: vendor + "/python/versions", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines).replacing("duckdb==", with: "v")
        let program = project.scratch.path + "/bin/tauro-host"
        try FileManager.default.createDirectory(
            atPath: project.scratch.path + "/bin",
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: HostProcess.executable, toPath: program)
        let name = "_duckdb.cpython-311-x86_64-linux-gnu.so"
        try FileManager.default.copyItem(atPath: vendor + "/python/" + name, toPath: project.scratch.path + "/" + name)
        let environment = ["TAURO_DUCKDB_LIBRARY": project.scratch.path + "/" + name, "HOME": project.scratch.path]
        func host(_ verb: String...) throws -> HostProcess.Result {
            try HostProcess.start(program, verb + ["--project", project.path], environment: environment)
        }
        let missing = try host("run", "p")
        #expect(missing.status == 5)
        #expect(missing.errors.contains("DuckDB's extension 'delta' could not be loaded; run scripts/setup"))
        let doctor = try host("doctor").output
        #expect(doctor.contains("DuckDB's extension delta, which inputs with format: delta need, is not there"))
        #expect(doctor.contains("delta.duckdb_extension into .tauro/vendor/duckdb/extensions/\(version)/"))
        let place = "\(project.path)/.tauro/vendor/duckdb/extensions/\(version)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let file = place + "/delta.duckdb_extension"
        try FileManager.default.copyItem(
            atPath: "\(vendor)/duckdb/extensions/\(version)/delta.duckdb_extension",
            toPath: file
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o757], ofItemAtPath: file)
        let distrusted = try host("run", "p")
        #expect(
            distrusted.status == 5 && distrusted.errors.contains("\(file) is not trusted: "),
            "\(distrusted.errors)"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        #expect(try host("run", "p").status == 0)
        #expect(!(try host("doctor").output.contains("extension delta, which")))
    }
}
