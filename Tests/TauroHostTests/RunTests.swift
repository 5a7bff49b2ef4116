import Foundation
import Testing

/// Whole runs of the real program on small projects.
@Suite struct RunTests {
    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private let chain = """
        count: {function: t.count, output: bronze.n, params: {upto: 10}}
        total: {function: t.total, input: [bronze.n], output: [gold.total, gold.copy]}
        """

    private func chainProject(output: String = "", settings: String = "") throws -> TestProject {
        let project = try TestProject(nodes: chain, pipeline: ["count", "total"], output: output, settings: settings)
        try project.plugin()
        return project
    }

    @Test func summaryHasEveryKeyOfTheContract() throws {
        let project = try chainProject()
        let result = try project.host("run", "p", "--format", "json", "--start-date", "2025-01-01")
        #expect(result.status == 0, "\(result.errors)")
        let summary = try document(result.output)
        #expect(
            Set(summary.keys) == [
                "run_id", "pipeline", "type", "status", "engine", "start_date", "end_date", "started_at", "finished_at",
                "duration_seconds", "max_workers", "peak_frame_bytes", "spooled_frame_bytes", "execution_order",
                "nodes", "counts", "circuit_breaker", "engine_seconds", "abandoned_threads", "errors",
            ]
        )
        #expect(summary["status"] as? String == "completed")
        #expect(summary["execution_order"] as? [String] == ["count", "total"])
        #expect(summary["end_date"] is NSNull)
        #expect((summary["peak_frame_bytes"] as? Int ?? 0) >= 10 * 8, "the ten numbers")
        let nodes = try #require(summary["nodes"] as? [String: [String: Any]])
        let total = try #require(nodes["total"])
        #expect(
            Set(total.keys) == [
                "status", "attempts", "started_at", "duration_seconds", "rows", "metrics", "checks", "outputs",
                "reason",
                "error",
            ]
        )
        let outputs = try #require(total["outputs"] as? [[String: Any]])
        #expect(outputs.compactMap { $0["id"] as? String } == ["gold.total", "gold.copy"])
        #expect(outputs[0]["path"] as? String == project.path + "/out/gold/total")
        #expect((outputs[0]["bytes"] as? Int ?? 0) > 0)
        let counts = try #require(summary["counts"] as? [String: Int])
        #expect(counts == ["pending": 0, "running": 0, "completed": 2, "failed": 0, "retrying": 0, "cancelled": 0])
    }

    @Test func failureBeforeTheRunIsOneDocumentToo() throws {
        let project = try chainProject()
        let result = try project.host("run", "q", "--format", "json")
        #expect(result.status == 2)
        let summary = try document(result.output)
        #expect(summary.count == 20)
        #expect(summary["status"] as? String == "failed")
        let errors = try #require(summary["errors"] as? [[String: Any]])
        #expect(errors[0]["message"] as? String == "Pipeline 'q' not found")
    }

    @Test func storedTablesCanBeReadByTheNextRunAndPreviewed() throws {
        let project = try chainProject()
        #expect(try project.host("run", "p", "--progress", "none").status == 0)
        let preview = try project.host("datasets", "preview", "gold.total")
        #expect(preview.output == "total\n   45\n", "\(preview.errors)")
        let onlyTotal = try TestProject(
            nodes: chain,
            pipeline: ["total"],
            settings: ""
        )
        try onlyTotal.plugin()
        let missing = try onlyTotal.host("run", "p", "--progress", "none")
        #expect(missing.status == 2)
        #expect(missing.errors.contains("stores 'bronze.n', but is in no pipeline: add it to one, and run that first"))
    }

    /// In the original the only link between nodes is an input whose path is the directory of an output.
    @Test func projectsThatLinkNodesByTheirFilesRunTheFirstTime() throws {
        let project = try TestProject(
            nodes: """
                total: {function: t.total, input: [numbers], output: gold.total}
                count: {function: t.count, output: bronze.n}
                """,
            pipeline: ["total", "count"],
            input: "numbers: {format: parquet, path: \"${output_path}/bronze/n\"}\n"
        )
        try project.plugin()
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try project.host("datasets", "preview", "gold.total").output == "total\n    3\n")
    }

    @Test(arguments: ["csv", "json", "parquet"]) func everyFormatStoresAndLoads(format: String) throws {
        let project = try chainProject(settings: "default_output_format: \(format)\n")
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 0, "\(result.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: project.path + "/out/bronze/n")
            .filter { !$0.hasPrefix(".") }
        #expect(files.count == 1)
        #expect(files.allSatisfy { $0.hasSuffix(".\(format)") })
        let preview = try project.host("datasets", "preview", "bronze.n", "--limit", "2")
        #expect(preview.output == "n\n0\n1\n", "\(preview.errors)")
    }

    @Test func overwriteReplacesAndErrorModeRefuses() throws {
        let output = "bronze.n: {format: parquet, write_mode: error}\n"
        let project = try chainProject(output: output)
        #expect(try project.host("run", "p", "--progress", "none").status == 0)
        let second = try project.host("run", "p", "--progress", "none")
        #expect(second.status == 2)
        #expect(second.errors.contains("output 'bronze.n' exists already in \(project.path)/out/bronze/n"))
        let overwriting = try chainProject()
        #expect(try overwriting.host("run", "p", "--param", "count.upto=3").status == 0)
        #expect(try overwriting.host("run", "p", "--param", "count.upto=5").status == 0)
        let preview = try overwriting.host("datasets", "preview", "gold.total")
        #expect(preview.output == "total\n   10\n")
        let left = try FileManager.default.contentsOfDirectory(atPath: overwriting.path + "/out/bronze")
        #expect(left == ["n"], "staged directories are gone: \(left)")
    }

    @Test func runsAddTheirRowsAndIgnoreLeavesThem() throws {
        let append =
            "bronze.n: {format: csv, write_mode: append, max_rows_per_file: 1}\ngold.total: {write_mode: ignore}\n"
        let project = try chainProject(output: append)
        for upto in [2, 3] {
            let result = try project.host("run", "p", "--progress", "none", "--param", "count.upto=\(upto)")
            #expect(result.status == 0, "\(result.errors)")
        }
        let rows = try project.host("datasets", "preview", "bronze.n").output
        #expect(rows.split(separator: "\n").sorted() == ["0", "0", "1", "1", "2", "n"], "\(rows)")
        #expect(try project.host("datasets", "preview", "gold.total").output == "total\n    1\n")
    }

    @Test func directoryWithSomebodysOtherDataIsNeverReplaced() throws {
        let project = try chainProject()
        try project.scratch.write("precious", to: "project/out/bronze/n/diary/today.txt")
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 2)
        #expect(result.errors.contains("holds the directory 'diary'"))
        #expect(try project.scratch.text("project/out/bronze/n/diary/today.txt") == "precious")
    }

    @Test func dryRunAndValidateOnlyRunNothing() throws {
        let project = try chainProject()
        let dry = try project.host("run", "p", "--dry-run")
        #expect(dry.status == 0)
        #expect(dry.output.contains("calls   t.count, symbol t_count of plugins/nodes.so"))
        let validated = try project.host("run", "p", "--validate-only")
        #expect(validated.output == "Pipeline 'p' is valid: 2 nodes\n")
        #expect(!FileManager.default.fileExists(atPath: project.path + "/out"))
    }

    @Test func plansComeInFourForms() throws {
        let project = try chainProject()
        try Snapshot.check(
            "plan-text",
            try project.host("plan", "p"),
            replacing: [project.path: "<project>"]
        )
        try Snapshot.check(
            "plan-json",
            try project.host("plan", "p", "--format", "json"),
            replacing: [project.path: "<project>"]
        )
        try Snapshot.check("plan-dot", try project.host("plan", "p", "--format", "dot"), replacing: [:])
        try Snapshot.check("plan-mermaid", try project.host("plan", "p", "--format", "mermaid"), replacing: [:])
    }

    @Test func pluginsAreListedAndShownWithoutLoadingThem() throws {
        let project = try TestProject(nodes: "x: {function: t.quiet}\n", pipeline: ["x"])
        // A constructor that would end the host if the file were loaded.
        try project.plugin(
            "nodes",
            TestProject.nodes
                + "\n#include <unistd.h>\n__attribute__((constructor)) static void boom(void) { _exit(77); }\n"
        )
        try Snapshot.check("plugins-list", try project.host("plugins", "list"), replacing: [project.path: "<project>"])
        try Snapshot.check(
            "plugins-show",
            try project.host("plugins", "show", "t.total"),
            replacing: [project.path: "<project>"]
        )
        #expect(try project.host("validate").status == 0)
    }

    @Test func pluginPathIsSearchedToo() throws {
        let project = try TestProject(nodes: "x: {function: t.quiet}\n", pipeline: ["x"])
        let elsewhere = try TestProject(nodes: "", pipeline: ["none"])
        try elsewhere.plugin()
        let found = try project.host(
            "run",
            "p",
            "--progress",
            "none",
            environment: ["TAURO_PLUGIN_PATH": elsewhere.path + "/plugins"]
        )
        #expect(found.status == 0, "\(found.errors)")
        let relative = try project.host("run", "p", environment: ["TAURO_PLUGIN_PATH": "plugins"])
        #expect(relative.status == 2)
        #expect(relative.errors.contains("expected an absolute directory"))
    }

    @Test func pipelineWithoutDataNeverLoadsTheEngine() throws {
        let project = try TestProject(nodes: "x: {function: t.quiet}\n", pipeline: ["x"])
        try project.plugin()
        let result = try project.host(
            "run",
            "p",
            "--progress",
            "none",
            environment: ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        )
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func missingEngineIsADependencyError() throws {
        let project = try chainProject()
        let result = try project.host(
            "run",
            "p",
            "--progress",
            "none",
            environment: ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        )
        #expect(result.status == 5)
        #expect(result.errors.contains("/nowhere/libduckdb.so"))
    }

    @Test func parametersReachTheFunctionAndTheSummaryCountsRows() throws {
        let project = try chainProject()
        let result = try project.host("run", "p", "--format", "json", "--param", "count.upto=1000000")
        let nodes = try #require(try document(result.output)["nodes"] as? [String: [String: Any]])
        #expect(nodes["count"]?["rows"] as? Int == 1_000_000)
    }

    @Test func interruptStopsARunningPipeline() throws {
        let source = """
            #include <tauro/tauro.h>
            #include <signal.h>
            #include <unistd.h>
            TAURO_NODE(s_wait, "s.wait", TAURO_RETURNS(nothing)) {
              kill(getpid(), SIGINT);
              for (int i = 0; i < 6000 && !tauro_cancelled(call); i++) usleep(10000);
              return tauro_cancelled(call) ? TAURO_E_CANCELLED : TAURO_OK;
            }
            TAURO_NODE(s_next, "s.next", TAURO_RETURNS(nothing)) { return TAURO_OK; }
            """
        let nodes = "wait: {function: s.wait}\nnext: {function: s.next, dependencies: wait}\n"
        let project = try TestProject(nodes: nodes, pipeline: ["wait", "next"])
        try project.plugin("s", source)
        let result = try project.host("run", "p", "--format", "json", "--progress", "none")
        #expect(result.status == 130)
        let summary = try document(result.output)
        #expect(summary["status"] as? String == "cancelled")
        #expect((summary["counts"] as? [String: Int])?["cancelled"] == 2)
    }

    @Test func secretsLeaveNoTrace() throws {
        let source = """
            #include <tauro/tauro.h>
            TAURO_NODE(s_leak, "s.leak", TAURO_RETURNS(nothing), TAURO_STR(password, TAURO_REQUIRED)) {
              tauro_frame *rows = NULL;
              tauro_logf(call, TAURO_LOG_INFO, "logging in with %s", password);
              return tauro_sql(call, "SELECT CAST($password AS INTEGER) AS n", &rows);
            }
            """
        let nodes = "leak: {function: s.leak, params: {password: '${secret:PASSWORD}'}}\n"
        let project = try TestProject(nodes: nodes, pipeline: ["leak"])
        try project.plugin("s", source)
        for arguments in [["--format", "json"], ["--progress", "plain"]] {
            let result = try HostProcess.run(
                ["run", "p", "--project", project.path] + arguments,
                environment: ["PASSWORD": "hunter2"]
            )
            #expect(result.status == 4)
            #expect(result.errors.contains("<secret>"), "\(result.errors)")
            #expect(!(result.output + result.errors).contains("hunter2"))
        }
    }

    @Test func missingFilesAreToldTogetherWithEverythingElse() throws {
        let nodes = "pass: {function: t.pass, input: [raw]}\nbad: {function: t.nothing}\n"
        let project = try TestProject(
            nodes: nodes,
            pipeline: ["pass", "bad"],
            input: "raw: {format: csv, path: data/raw.csv}\n"
        )
        try project.plugin()
        let result = try project.host("validate", "p")
        #expect(result.errors.contains("file \(project.path)/data/raw.csv does not exist"))
        #expect(result.errors.contains("module 't' has no attribute 'nothing'"))
    }

    @Test func missingEngineIsADependencyErrorForStoredInputsToo() throws {
        let project = try TestProject(
            nodes: "pass: {function: t.pass, input: [raw]}\n",
            pipeline: ["pass"],
            input: "raw: {format: csv, path: data/raw.csv}\n"
        )
        try project.plugin()
        try project.scratch.write("n\n1\n", to: "project/data/raw.csv")
        let environment = ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        #expect(try project.host("run", "p", environment: environment).status == 5)
        #expect(try project.host("datasets", "preview", "raw", environment: environment).status == 5)
    }

    @Test func nodeThatFailsWhileTheRunStopsDoesNotMakeItAFailure() throws {
        let source = """
            #include <tauro/tauro.h>
            #include <signal.h>
            #include <unistd.h>
            TAURO_NODE(s_wait, "s.wait", TAURO_RETURNS(nothing)) {
              kill(getpid(), SIGTERM);
              for (int i = 0; i < 6000 && !tauro_cancelled(call); i++) usleep(10000);
              return tauro_fail(call, TAURO_E_INTERNAL, "interrupted in the middle");
            }
            """
        let project = try TestProject(nodes: "wait: {function: s.wait}\n", pipeline: ["wait"])
        try project.plugin("s", source)
        let result = try project.host("run", "p", "--format", "json", "--progress", "none")
        #expect(result.status == 130)
        #expect(try document(result.output)["status"] as? String == "cancelled")
    }
}
