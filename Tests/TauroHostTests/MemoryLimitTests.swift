import Foundation
import TauroBasics
import Testing

/// Runs whose frames are five times what memory may hold, as people start them.
///
/// A sample with 64 MB; 200 MB with TAURO_TEST_LONG=1.
@Suite(.serialized) struct MemoryLimitTests {
    private static let isLong = ProcessInfo.processInfo.environment["TAURO_TEST_LONG"] == "1"
    /// The limit in bytes.
    private static let limit = (isLong ? 200 : 64) * 1_000_000
    /// Rows of about 150 bytes: five times the limit.
    private static let rows = limit * 5 / 150
    /// What the program holds besides: its own code and that of the engine, mapped pieces of frames on disk, and what
    /// allocators keep; the address sanitizer keeps as much again of what was freed.
    private static let overhead = (Sanitizer.current == .address ? 512 : 256) << 20

    private static let nodes = """
        #include <stdio.h>
        #include <string.h>
        #include <tauro/tauro.h>
        TAURO_PLUGIN("large", "1.0.0");
        static int32_t ask(const tauro_call *call, tauro_output *out, const char *text) {
          tauro_frame *rows = NULL;
          int32_t status = tauro_sql(call, text, &rows);
          return status != TAURO_OK ? status : tauro_emit_frame(out, rows);
        }
        TAURO_NODE(l_make, "l.make", TAURO_I64(rows, 1000), TAURO_I64(factor, 7919)) {
          return ask(call, out, "SELECT i AS id, (i * $factor) % $rows AS key, i / 3.0 AS x, "
                                "repeat(chr(97 + (i % 26)::INTEGER), 110) || i AS name FROM range($rows) AS t(i)");
        }
        TAURO_NODE(l_sort, "l.sort", TAURO_FRAME(rows)) { return ask(call, out, "SELECT * FROM rows ORDER BY key, id"); }
        TAURO_NODE(l_join, "l.join", TAURO_FRAME(l), TAURO_FRAME(r)) {
          return ask(call, out, "SELECT l.id, l.key, r.x AS y, r.name FROM l JOIN r ON l.key = r.id");
        }
        TAURO_NODE(l_pass, "l.pass", TAURO_FRAME(rows)) {
          struct ArrowArrayStream stream;
          int32_t status = tauro_frame_stream(call, rows, &stream);
          return status != TAURO_OK ? status : tauro_emit_stream(out, &stream);
        }
        TAURO_NODE(l_peak, "l.peak", TAURO_RETURNS(nothing), TAURO_FRAME(rows)) {
          FILE *file = fopen("/proc/self/status", "r");
          char line[256];
          long peak = 0;
          while (file && fgets(line, sizeof line, file)) sscanf(line, "VmHWM: %ld", &peak);
          if (file) fclose(file);
          tauro_metric(call, "peak", (double)peak * 1024);
          return tauro_frame_rows(call, rows) < 0 ? TAURO_E_INVALID : TAURO_OK;
        }
        """

    private func project(rows: Int = MemoryLimitTests.rows, settings: String) throws -> TestProject {
        let project = try TestProject(
            nodes: """
                make: {function: l.make, input: [], params: {rows: \(rows)}}
                other: {function: l.make, input: [], params: {rows: \(rows), factor: 104729}}
                sort: {function: l.sort, dependencies: [make]}
                join: {function: l.join, dependencies: [make, other]}
                pass: {function: l.pass, dependencies: [sort], output: [gold.sorted]}
                order: {function: l.sort, dependencies: [join]}
                away: {function: l.pass, dependencies: [order], output: [gold.joined], isolation: process}
                peak: {function: l.peak, dependencies: [pass]}
                end: {function: l.peak, dependencies: [away]}
                """,
            pipeline: ["make", "sort", "pass", "peak"],
            output: "gold.sorted: {format: csv}\ngold.joined: {format: csv}\n",
            settings: settings
        )
        try project.scratch.write(
            "p:\n  nodes: [make, sort, pass, peak]\nq:\n  nodes: [make, other, join, order, away, end]\n",
            to: "project/config/pipelines.yaml"
        )
        try project.plugin("large", Self.nodes)
        return project
    }

    private func run(_ project: TestProject, _ pipeline: String) throws -> [String: Any] {
        let result = try project.host("run", pipeline, "--format", "json", "--progress", "plain", "--max-workers", "1")
        try #require(result.status == 0, "\(result.errors)")
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        var summary = try #require(document as? [String: Any])
        summary["log"] = result.errors
        return summary
    }

    /// The only file below a directory of outputs.
    private func stored(_ project: TestProject, _ name: String) throws -> String {
        let root = project.path + "/out"
        let files = try FileManager.default.subpathsOfDirectory(atPath: root)
        let found = files.filter { $0.hasSuffix(".csv") && $0.contains(name) }
        try #require(found.count == 1, "\(files)")
        return root + "/" + found[0]
    }

    private func peak(_ summary: [String: Any], _ node: String) throws -> Int {
        let nodes = summary["nodes"] as? [String: [String: Any]]
        let metrics = nodes?[node]?["metrics"] as? [String: Double]
        return Int(try #require(metrics?["peak"]))
    }

    @Test(arguments: [("p", "sorted", "peak"), ("q", "joined", "end")])
    func fiveTimesTheLimitIsSortedAndJoinedAsInMemory(_ pipeline: String, _ output: String, _ last: String) throws {
        let small = try project(settings: "memory_limit: \(Self.limit)\n")
        let large = try project(settings: "memory_limit: 16 GB\n")
        let summary = try run(small, pipeline)
        #expect(try peak(summary, last) < Self.limit + Self.overhead)
        #expect((summary["peak_frame_bytes"] as? Int ?? .max) < Self.limit)
        #expect((summary["spooled_frame_bytes"] as? Int ?? 0) > 5 * Self.limit)
        let log = try #require(summary["log"] as? String)
        #expect(log.contains("info make: memory had no room for 1 frame: "))
        let wanted = try run(large, pipeline)
        #expect(wanted["spooled_frame_bytes"] as? Int == 0)
        let same = try HostProcess.start("/usr/bin/cmp", [try stored(small, output), try stored(large, output)])
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        #expect(
            !FileManager.default.fileExists(atPath: small.path + "/.tauro/tmp"),
            "temporary files are gone with the run"
        )
    }

    @Test func temporaryFilesAreWhereTheSettingsSay() throws {
        let project = try project(rows: 200_000, settings: "memory_limit: 48 MiB\ntemp_directory: scratch\n")
        let summary = try run(project, "p")
        #expect((summary["spooled_frame_bytes"] as? Int ?? 0) > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.path + "/scratch").isEmpty)
        let root = project.path + "/scratch/tauro-tmp-\(geteuid())"
        // What a run has is locked, whoever and wherever it is; what a dead one left is not.
        for name in ["living", "12-dead"] {
            try project.scratch.write("", to: "project/scratch/tauro-tmp-\(geteuid())/\(name)/rows")
        }
        let living = open(root + "/living", O_RDONLY)
        defer { close(living) }
        #expect(flock(living, LOCK_EX | LOCK_NB) == 0)
        _ = try run(project, "p")
        #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["living"])
    }

    @Test func aTemporaryDirectoryOfSomebodyElseIsNotUsed() throws {
        let project = try project(rows: 10, settings: "memory_limit: 48 MiB\ntemp_directory: scratch\n")
        try project.scratch.write("", to: "project/scratch/tauro-tmp-\(geteuid())")
        let result = try project.host("run", "p")
        #expect(result.status == 5, "\(result.errors)")
        #expect(result.errors.contains("tauro-tmp-\(geteuid()) is not a directory of this user's"), "\(result.errors)")
    }

    @Test func aDiskThatTakesNoMoreIsAnErrorAndLeavesOutputsAlone() throws {
        let project = try project(rows: 200_000, settings: "memory_limit: 48 MiB\n")
        _ = try run(project, "p")
        let before = try FileManager.default.attributesOfItem(atPath: try stored(project, "sorted"))
        let arguments = ["run", "p", "--project", project.path, "--format", "json", "--progress", "none"]
        let result = try HostProcess.run(filesUpTo: 4096, arguments)
        #expect(result.status == 5, "\(result.errors)")
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let error = try #require((document?["errors"] as? [[String: Any]])?.first)
        #expect(error["type"] as? String == "ResourceError")
        #expect(error["node"] as? String == "make")
        let message = error["message"] as? String ?? ""
        for part in [project.path + "/.tauro/tmp/", "File too large", "`temp_directory`", "`memory_limit`"] {
            #expect(message.contains(part), "\(part) in: \(message)")
        }
        let after = try FileManager.default.attributesOfItem(atPath: try stored(project, "sorted"))
        #expect(after[.systemFileNumber] as? Int == before[.systemFileNumber] as? Int)
    }
}
