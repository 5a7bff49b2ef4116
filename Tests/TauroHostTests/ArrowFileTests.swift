import Foundation
import Testing

/// ORC and Arrow files as inputs and outputs of a run, with pyarrow at both ends.
@Suite struct ArrowFileTests {
    private static let writer = """
        import sys, pyarrow as pa, pyarrow.orc as orc
        for number in range(3):
            table = pa.table({"n": pa.array([number * 2, number * 2 + 1]), "s": [f"é{number}", None]})
            orc.write_table(table, f"{sys.argv[1]}/{number}.orc")
        """

    private func project(output: String = "", input: String = "data") throws -> TestProject {
        let project = try TestProject(
            nodes: """
                pass: {function: t.pass, input: [rows], output: [gold.arrow, gold.feather]}
                total: {function: t.total, input: [gold.arrow], output: gold.total}

                """,
            pipeline: ["pass", "total"],
            input: "rows: {format: orc, path: '\(input)'}\n",
            output: """
                gold.arrow: {format: arrow, partition: [s], options: {compression: zstd}}
                gold.feather: {format: feather, write_mode: append}
                gold.total: {format: orc, options: {compression: snappy}}

                """ + output
        )
        let data = project.path + "/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try python(Self.writer, data)
        try project.plugin()
        return project
    }

    @discardableResult
    private func python(_ program: String, _ arguments: String...) throws -> String {
        let result = try HostProcess.start(Checkout.root + "/scripts/python", ["-c", program] + arguments)
        try #require(result.status == 0, "\(result.errors)")
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func aPipelineReadsOrcAndWritesArrow() throws {
        let project = try project()
        for _ in 0..<2 {
            let run = try project.host("run", "p")
            #expect(run.status == 0, "\(run.errors)")
        }
        let reader = """
            import sys, pyarrow.dataset as dataset
            for name, kind in (("arrow", "ipc"), ("feather", "ipc"), ("total", "orc")):
                rows = dataset.dataset(f"{sys.argv[1]}/out/gold/{name}", format=kind, partitioning="hive").to_table()
                print(name, rows.schema.names, sorted(map(str, rows.to_pylist())))
            """
        let row = { (n: Int, s: String) in "\"{'n': \(n), 's': \(s)}\"" }
        let rows = [row(0, "'é0'"), row(1, "None"), row(2, "'é1'"), row(3, "None"), row(4, "'é2'"), row(5, "None")]
        #expect(
            try python(reader, project.path).split(separator: "\n") == [
                "arrow ['n', 's'] [\(rows.joined(separator: ", "))]",
                "feather ['n', 's'] [\(rows.flatMap { [$0, $0] }.joined(separator: ", "))]",
                "total ['total'] [\"{'total': 15}\"]",
            ]
        )
        let preview = try project.host("datasets", "preview", "gold.arrow")
        #expect(preview.errors.hasSuffix("6 rows shown; columns: n int64, s utf8\n"), "\(preview)")
        let list = try project.host("datasets", "list").output.split(separator: "\n")
        #expect(
            list.contains { $0.split(separator: " ").prefix(5) == ["gold.feather", "output", "feather", "yes", "12"] }
        )
    }

    @Test func whatIsWrongWithADatasetIsToldBeforeARun() throws {
        let project = try project(input: "data/none")
        try project.scratch.write(
            """
            gold.arrow: {format: arow}
            gold.feather: {format: feather, options: {compression: snappy}}
            gold.total: {format: orc, merge_schema: true, write_mode: append, options: {compresion: zlib, stripe_size: -1}}

            """,
            to: "project/config/output.yaml"
        )
        let result = try project.host("run", "p")
        #expect(result.status == 2)
        for part in [
            "format 'arow' is not one of adbc, arrow, csv, delta", "did you mean 'arrow'?",
            "option 'compression' expects one of uncompressed, lz4, zstd, found the text \"snappy\"",
            "format orc has no option 'compresion'", "did you mean 'compression'?",
            "option 'stripe_size' expects a whole number from 0",
            "'merge_schema' is for parquet and delta, and the format is orc",
        ] {
            #expect(result.errors.contains(part), "\(part): \(result.errors)")
        }
    }

    @Test func aDirectoryWithoutFilesOfTheFormatIsTold() throws {
        let project = try project()
        try project.scratch.write("rows: {format: arrow, path: data}\n", to: "project/config/input.yaml")
        let result = try project.host("run", "p")
        #expect(result.status == 2 && result.errors.contains("no file matches \(project.path)/data/*.arrow"))
    }

    @Test func aBrokenFileFailsItsNodeAndLeavesWhatWasStored() throws {
        let project = try project()
        #expect(try project.host("run", "p").status == 0)
        let file = URL(fileURLWithPath: project.path + "/data/1.orc")
        let whole = try Data(contentsOf: file)
        try whole.dropLast(7).write(to: file)
        let result = try project.host("run", "p")
        let expected =
            "\(project.path)/data/1.orc can not be read as an ORC file: what an ORC file ends with is not there"
        #expect(result.status == 4 && result.errors.contains(expected), "\(result.errors)")
        let total = try project.host("datasets", "preview", "gold.total").output
        #expect(total.split(whereSeparator: \.isWhitespace) == ["total", "15"])
    }

    @Test func withoutTheLibraryTheRunEndsBeforeItBegins() throws {
        let project = try project()
        let result = try project.host("run", "p", environment: ["TAURO_ARROW_LIBRARY": "/nowhere/libtauro_arrow.so"])
        #expect(result.status != 0 && !FileManager.default.fileExists(atPath: project.path + "/out"))
        for part in ["scripts/setup", "TAURO_ARROW_LIBRARY", "/nowhere/libtauro_arrow.so: it does not exist"] {
            #expect(result.errors.contains(part), "\(part): \(result.errors)")
        }
    }
}
