import Foundation
import TauroBasics
import Testing

/// Isolated nodes as people run them: the whole program, worker processes included.
@Suite struct IsolationTests {
    /// One that crashes in one of three ways where it is told to, and one that adds up.
    private static let source = """
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/resource.h>
        #include <unistd.h>
        #include <tauro/tauro.h>
        TAURO_PLUGIN("mixed", "1.0.0");
        TAURO_NODE(m_make, "m.make", TAURO_I64(upto, 3), TAURO_I64(crash, 0)) {
          if (crash == 1) abort();
          if (crash == 2) kill(getpid(), SIGKILL);
          if (crash == 3) exit(0);
          tauro_frame *rows = NULL;
          int32_t status = tauro_sql(call, "SELECT i AS n FROM range($upto) AS t(i)", &rows);
          return status != TAURO_OK ? status : tauro_emit_frame(out, rows);
        }
        TAURO_NODE(m_add, "m.add", TAURO_FRAMES(rows), TAURO_I64(crash, 0)) {
          if (crash == 1) abort();
          if (crash == 2) kill(getpid(), SIGKILL);
          if (crash == 3) exit(0);
          const tauro_frame *first = tauro_frame_list_get(rows, 0);
          struct ArrowArrayStream stream;
          int32_t status = tauro_frame_stream(call, first, &stream);
          return status != TAURO_OK ? status : tauro_emit_stream(out, &stream);
        }
        TAURO_NODE(m_hang, "m.hang", TAURO_RETURNS(nothing)) {
          (void)call;
          for (;;) pause();
        }
        TAURO_NODE(m_eat, "m.eat", TAURO_RETURNS(nothing)) {
          (void)call;
          for (;;) memset(malloc(1 << 20), 1, 1 << 20);
        }
        TAURO_NODE(m_fill, "m.fill", TAURO_FRAME(rows)) {
          struct ArrowArrayStream stream;
          int32_t status = tauro_frame_stream(call, rows, &stream);
          return status != TAURO_OK ? status : tauro_emit_stream(out, &stream);
        }
        TAURO_NODE(m_limit, "m.limit", TAURO_RETURNS(nothing)) {
          struct rlimit files;
          getrlimit(RLIMIT_NOFILE, &files);
          tauro_logf(call, TAURO_LOG_INFO, "may open %llu", (unsigned long long)files.rlim_cur);
          return TAURO_OK;
        }
        TAURO_NODE(m_print, "m.print", TAURO_RETURNS(nothing)) {
          printf("a line on the standard output\\n");
          return TAURO_OK;
        }
        """

    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// 200 nodes in layers of ten, each reading two of the layer before; ten of them crash, drawn by chance.
    @Test func everyNodeThatDependsOnNoCrashCompletes() throws {
        var chance = SeededChoice()
        var crashing: [Int: Int] = [:]
        while crashing.count < 10 { crashing[chance.below(200)] = 1 + chance.below(3) }
        var parents: [[Int]] = []
        var nodes = ""
        for node in 0..<200 {
            let layer = node / 10
            let reads = layer == 0 ? [] : [0, 1].map { _ in (layer - 1) * 10 + chance.below(10) }
            parents.append(reads)
            let inputs = Set(reads).sorted().map { "t\($0)" }.joined(separator: ", ")
            let function = layer == 0 ? "m.make" : "m.add"
            nodes += "n\(node): {function: \(function), input: [\(inputs)], output: t\(node), "
            nodes += "params: {crash: \(crashing[node] ?? 0)}}\n"
        }
        var lost = Set(crashing.keys)
        for node in 0..<200 where parents[node].contains(where: { lost.contains($0) }) { lost.insert(node) }
        let project = try TestProject(
            nodes: nodes,
            pipeline: (0..<200).map { "n\($0)" },
            settings: "isolation: process\non_failure: skip_dependents\n"
        )
        try project.plugin("mixed", Self.source)
        let result = try project.host("run", "p", "--format", "json", "--progress", "none", "--max-workers", "4")
        #expect(result.status == 4)
        let told = try #require(try document(result.output)["nodes"] as? [String: [String: Any]])
        #expect(told.count == 200)
        for node in 0..<200 {
            let status = told["n\(node)"]?["status"] as? String
            let crashed = crashing[node] != nil && !parents[node].contains { lost.contains($0) }
            #expect(status == (crashed ? "failed" : lost.contains(node) ? "cancelled" : "completed"), "n\(node)")
            let stored = FileManager.default.fileExists(atPath: project.path + "/out/t\(node)")
            #expect(stored == !lost.contains(node), "n\(node)")
        }
        #expect(try processes(using: project.path + "/plugins").isEmpty)
    }

    /// Processes that have loaded a file below `path`.
    private func processes(using path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard Int(name) != nil else { return false }
            return (try? String(contentsOfFile: "/proc/\(name)/maps", encoding: .utf8))?.contains(path) == true
        }
    }

    @Test func hangingNodeIsEndedAndTheResultStaysADocument() throws {
        let project = try TestProject(
            nodes: """
                hang: {function: m.hang, input: [], timeout_seconds: 0.3, isolation: process}
                print: {function: m.print, input: [], isolation: process}
                """,
            pipeline: ["hang", "print"],
            settings: "on_failure: skip_dependents\n"
        )
        try project.plugin("mixed", Self.source)
        let result = try project.host("run", "p", "--format", "json", "--progress", "none")
        #expect(result.status == 4)
        let summary = try document(result.output)
        let error = try #require((summary["errors"] as? [[String: Any]])?.first)
        #expect(error["type"] as? String == "TimeoutError" && error["node"] as? String == "hang")
        #expect(
            error["message"] as? String == "Node 'hang', call m.hang: timed out after 300 ms; told to stop, it did not "
                + "return, and its worker process was killed"
        )
        #expect(result.errors.contains("stdout: a line on the standard output"))
    }

    @Test func planSaysWhereAFunctionRunsAndWhatItMayTake() throws {
        let project = try TestProject(
            nodes: """
                here: {function: m.print, input: [], timeout_seconds: 2}
                there: {function: m.hang, input: [], timeout_seconds: 30, isolation: process, worker_memory_limit: 1 GiB}
                """,
            pipeline: ["here", "there"]
        )
        try project.plugin("mixed", Self.source)
        try Snapshot.check("plan-isolation", project.host("plan", "p"), replacing: [project.path: "<project>"])
    }

    @Test func planSaysWhatFollowsAFailureAndWhatNodesCompeteFor() throws {
        let project = try TestProject(
            nodes: """
                here:
                  function: m.print
                  input: []
                  retry: {max_retries: 5, delay_seconds: 0.5, on: [io, transient]}
                  priority: 3
                  pool: slow
                  memory: 2 GB
                  resource: warehouse
                there: {function: m.hang, input: [], retry: {max_retries: 0}, resource: [warehouse, licence]}
                """,
            pipeline: ["here", "there"],
            settings: """
                pools: {slow: 2}
                memory_limit: 1 GB
                circuit_breaker: {failure_threshold: 1, cooldown_seconds: 30}

                """
        )
        try project.plugin("mixed", Self.source)
        try Snapshot.check("plan-running", project.host("plan", "p"), replacing: [project.path: "<project>"])
        let plan = try document(project.host("plan", "p", "--format", "json").output)
        let here = try #require((plan["nodes"] as? [String: Any])?["here"] as? [String: Any])
        #expect(
            here["priority"] as? Int == 3 && here["pool"] as? String == "slow"
                && here["memory"] as? Int == 2_000_000_000
        )
        #expect((here["retry"] as? [String: Any])?["on"] as? [String] == ["transient", "io"])
        let resources = try #require(here["resources"] as? [[String: Any]])
        #expect(resources.map { $0["name"] as? String } == ["warehouse"])
        #expect(resources.map { $0["cooldown_seconds"] as? Double } == [30])
    }

    @Test func nodeThatTakesMoreMemoryThanItMayIsToldSo() throws {
        let project = try TestProject(
            nodes: "eat: {function: m.eat, input: [], isolation: process, worker_memory_limit: 256 MiB}\n",
            pipeline: ["eat"]
        )
        try project.plugin("mixed", Self.source)
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 4)
        // A sanitizer's own memory is above any such limit, and it ends the process itself.
        guard Sanitizer.current == nil else { return }
        #expect(
            result.errors.contains(
                /it held 2\d\d MiB of memory, its worker_memory_limit is 256 MiB: it is likely out of memory/
            ),
            "\(result.errors)"
        )
    }

    /// A project in which 100 large results of workers are there at once, more than 80 descriptors hold.
    private func fan() throws -> TestProject {
        let parts = (0..<100).map { "t\($0)" }
        var nodes = "first: {function: m.make, input: [], output: t, params: {upto: 6000}}\n"
        for part in parts { nodes += "make_\(part): {function: m.fill, input: [t], output: \(part)}\n" }
        nodes += "all: {function: m.add, input: [\(parts.joined(separator: ", "))], output: total}\n"
        nodes += "limit: {function: m.limit, input: []}\n"
        let project = try TestProject(
            nodes: nodes,
            pipeline: ["first", "limit"] + parts.map { "make_\($0)" } + ["all"],
            settings: "isolation: process\n"
        )
        try project.plugin("mixed", Self.source)
        return project
    }

    /// Runs a project in a shell that has set limits.
    private func run(_ project: TestProject, limits: String) throws -> HostProcess.Result {
        try HostProcess.start(
            "/bin/sh",
            [
                "-c", "\(limits) && exec \"$0\" \"$@\"", HostProcess.executable, "run", "p", "--progress", "none",
                "--max-workers", "2", "--project", project.path,
            ]
        )
    }

    @Test func hostTakesTheDescriptorsThatTheSystemAllowsAndWorkersGetWhatItWasStartedWith() throws {
        let result = try run(try fan(), limits: "ulimit -Sn 80")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("may open 80"), "\(result.errors)")
    }

    @Test func hostWithoutDescriptorsBlamesNoPlugin() throws {
        let result = try run(try fan(), limits: "ulimit -n 80")
        #expect(result.status == 4)
        let causes = ["no descriptor left: this process may have 80 open (ulimit -n)", "Too many open files"]
        #expect(causes.contains { result.errors.contains($0) }, "\(result.errors)")
        #expect(!result.errors.contains("disturbed"))
    }

    @Test func workerIsNotForPeople() throws {
        let result = try HostProcess.run(["worker", "--host", "1", "--open-files", "64"])
        #expect(result.status != 0 && result.output == "")
        #expect(!(try HostProcess.run(["help"])).output.contains("worker"))
    }
}

/// Numbers that `TAURO_TEST_SEED` decides (splitmix64, https://prng.di.unimi.it/splitmix64.c).
private struct SeededChoice {
    private var state = ProcessInfo.processInfo.environment["TAURO_TEST_SEED"].flatMap { UInt64($0) } ?? 1

    /// A number from 0 up to, not including, `bound`.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
