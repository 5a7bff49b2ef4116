import Foundation
import Testing

/// What reaches the two streams: no secrets, one document where one is asked for, nothing that drives a terminal.
@Suite struct ConsoleTests {
    private let chain = """
        count: {function: t.count, output: bronze.n, params: {upto: 10}}
        total: {function: t.total, input: [bronze.n], output: gold.total}
        """

    private func chainProject(_ nodes: String? = nil) throws -> TestProject {
        let project = try TestProject(nodes: nodes ?? chain, pipeline: ["count", "total"])
        try project.plugin()
        return project
    }

    private func host(_ project: TestProject, _ arguments: [String]) throws -> HostProcess.Result {
        try HostProcess.run(arguments + ["--project", project.path])
    }

    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    // MARK: Secrets

    @Test(arguments: [
        ["plan", "p"], ["plan", "p", "--format", "json"], ["plan", "p", "--format", "dot"],
        ["plan", "p", "--format", "mermaid"], ["run", "p", "--dry-run"],
        ["run", "p", "--dry-run", "--format", "json"],
    ])
    func plansKeepSecrets(arguments: [String]) throws {
        let project = try chainProject(
            """
            count: {function: t.count, output: bronze.n}
            total: {function: t.total, input: [bronze.n], params: {label: "${secret:PW}"}}
            """
        )
        let result = try HostProcess.run(arguments + ["--project", project.path], environment: ["PW": "hunter2"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(!(result.output + result.errors).contains("hunter2"))
        if arguments == ["plan", "p"] || arguments.last == "--dry-run" {
            #expect(result.output.contains("given   label = <secret> (node, config/nodes.yaml:2)"))
        }
        guard arguments.last == "json" else { return }
        let nodes = try #require(try document(result.output)["nodes"] as? [String: [String: Any]])
        let params = try #require(nodes["total"]?["params"] as? [String: [String: Any]])
        #expect(params["label"]?["value"] is NSNull)
        #expect(params["label"]?["secret"] as? Bool == true)
        #expect(params["scale"]?["value"] as? Double == 1)
        #expect(params["scale"]?["secret"] as? Bool == false)
    }

    // MARK: A log for programs

    private func log(_ project: TestProject, _ arguments: String...) throws -> [[String: Any]] {
        let result = try host(project, ["run"] + arguments + ["--log-format", "json"])
        return try result.errors.split(separator: "\n").map { try document(String($0)) }
    }

    @Test func logForProgramsHasNothingElse() throws {
        let project = try chainProject()
        let lines = try log(project, "p")
        #expect(lines.allSatisfy { Set($0.keys) == ["time", "level", "run", "node", "attempt", "message"] })
        #expect(lines.contains { $0["node"] as? String == "count" && $0["attempt"] as? Int == 1 })
        #expect(Set(lines.map { $0["run"] as? String }).count == 1)
        let resumed = try log(project, "p", "--resume", "last", "--progress", "none")
        let words = resumed.compactMap { $0["message"] as? String }
        #expect(words.count == 1)
        #expect(words.first?.hasSuffix(": 2 nodes restored, 0 nodes to run") == true, "\(words)")
    }

    @Test func findingsAndErrorsAreLinesOfALogForPrograms() throws {
        let project = try chainProject(
            "count: {function: t.count, output: bronze.n, colour: red}\ntotal: {function: t.total}"
        )
        let finding = try #require(try log(project, "p").first)
        #expect(finding["level"] as? String == "error" && finding["run"] is NSNull)
        let words = try #require(finding["message"] as? String)
        #expect(words.contains("config/nodes.yaml:1:46: "), "\(words)")
        #expect(words.contains("`colour`"))
        let unknown = try log(chainProject(), "q")
        #expect(unknown.count == 1 && unknown[0]["level"] as? String == "error")
    }

    // MARK: One document on every exit

    @Test(arguments: [
        ["run", "p", "--format", "json", "--max-workers", "0"], ["run", "p", "--format=json", "--param", "x"],
        ["run", "p", "--format", "json", "--no-such-flag"],
    ])
    func wrongCommandLineOfARunIsADocumentToo(arguments: [String]) throws {
        let result = try host(chainProject(), arguments)
        #expect(result.status == 2)
        #expect(!result.errors.isEmpty)
        let summary = try document(result.output)
        #expect(summary.count == 20)
        #expect(summary["pipeline"] as? String == "p")
        #expect(summary["status"] as? String == "failed")
        let errors = try #require(summary["errors"] as? [[String: Any]])
        #expect(errors.count == 1)
        #expect(errors.first?["type"] as? String == "ConfigurationError")
    }

    @Test(arguments: [
        ["run", "p", "--max-workers", "0"], ["run", "p", "--format", "json", "--format", "text", "--x"],
    ])
    func wrongCommandLineForPeopleLeavesTheOutputEmpty(arguments: [String]) throws {
        let result = try host(chainProject(), arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
    }

    @Test(arguments: [
        (["plan", "q", "--format", "json"], "q", Int32(2)),
        (["plan", "p", "--format", "json", "--param", "x"], "p", 2),
        (["plan", "p", "--format", "json", "--param", "count.upto=many"], "p", 3),
    ])
    func failedPlanIsADocument(arguments: [String], pipeline: String, status: Int32) throws {
        let result = try host(chainProject(), arguments)
        #expect(result.status == status, "\(result.errors)")
        let plan = try document(result.output)
        #expect(plan.count == 11)
        #expect(plan["pipeline"] as? String == pipeline)
        #expect(plan["status"] as? String == "failed")
        #expect((plan["errors"] as? [[String: Any]])?.isEmpty == false)
    }

    // MARK: Pipes and signals

    @Test func closedPipeNeverKillsARun() throws {
        let project = try chainProject()
        let arguments = ["run", "p", "--project", project.path, "--log-level", "debug"].joined(separator: "' '")
        let status = project.scratch.file("status")
        let command = "{ '\(HostProcess.executable)' '\(arguments)' 2>&1; echo $? > '\(status)'; }"
        // The reader ends at once; what the run says from then on goes nowhere.
        _ = try HostProcess.start("/bin/sh", ["-c", "\(command) | head -c 1"])
        #expect(try project.scratch.text("status") == "0\n")
        #expect(FileManager.default.fileExists(atPath: project.path + "/out/gold/total"))
    }

    @Test(arguments: [["--format", "text"], ["--format", "json"], ["--format", "json", "--dry-run"]])
    func signalWhilePlanningCancels(options: [String]) throws {
        let project = try chainProject()
        let library = project.path + "/slow.so"
        try project.scratch.write(ConsoleTests.slowConfiguration, to: "slow.c")
        let compiled = try HostProcess.start(
            "/usr/bin/cc",
            ["-shared", "-fPIC", project.scratch.file("slow.c"), "-o", library]
        )
        #expect(compiled.status == 0, "\(compiled.errors)")
        let result = try HostProcess.run(
            ["run", "p", "--project", project.path] + options,
            environment: ["LD_PRELOAD": library]
        )
        #expect(result.status == 130, "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: project.path + "/out/gold"))
        if options.contains("json") {
            #expect(try document(result.output)["status"] as? String == "cancelled")
        }
    }

    /// Sends SIGTERM to the process when it opens a file of configuration.
    private static let slowConfiguration = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <signal.h>
        #include <stdarg.h>
        #include <string.h>
        #include <unistd.h>
        // Whoever starts the tests may block signals, and a process inherits that.
        __attribute__((constructor)) static void unblock(void) {
          sigset_t all; sigfillset(&all); sigprocmask(SIG_UNBLOCK, &all, NULL);
        }
        static void stop(const char *path) {
          static int sent = 0;
          if (sent || !strstr(path, "/config/nodes.yaml")) return;
          sent = 1;
          kill(getpid(), SIGTERM);
          usleep(200000);
        }
        #define OPEN(name) \\
          int name(const char *path, int flags, ...) { \\
            va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \\
            stop(path); \\
            return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name))(path, flags, mode); \\
          }
        OPEN(open)
        OPEN(open64)

        """

    // MARK: Previews

    @Test func failingPreviewSpeaksPlainly() throws {
        let project = try TestProject(
            nodes: chain,
            pipeline: ["count", "total"],
            input: "raw: {format: csv, path: data/raw.csv, schema: {n: BIGINT}}\n"
        )
        try project.plugin()
        try project.scratch.write("n\n1\nthree\n", to: "project/data/raw.csv")
        let broken = try project.host("datasets", "preview", "raw")
        #expect(broken.status == 4, "\(broken.errors)")
        #expect(broken.errors.hasPrefix("error: "))
        #expect(!broken.errors.contains("DatasetError(") && !broken.errors.contains("SQLError("))
        let engine = try project.host(
            "datasets",
            "preview",
            "raw",
            environment: ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        )
        #expect(engine.status == 5, "\(engine.errors)")
        #expect(!engine.errors.contains("SQLError("))
    }

    @Test func previewedCellsCanNotDriveTheTerminal() throws {
        let project = try TestProject(
            nodes: chain,
            pipeline: ["count", "total"],
            input: "raw: {format: csv, path: data/raw.csv}\n"
        )
        try project.plugin()
        try project.scratch.write("a,b\nx\u{1B}[2Jy,1\n", to: "project/data/raw.csv")
        let preview = try project.host("datasets", "preview", "raw")
        #expect(preview.output.contains("x\u{FFFD}[2Jy"), "\(preview.errors)")
    }

    // MARK: Terminals

    private static let talkative = """
        #include <tauro/tauro.h>
        #include <unistd.h>
        TAURO_NODE(c_talk, "c.talk", TAURO_RETURNS(nothing)) {
          tauro_log(call, TAURO_LOG_WARNING, "one\\ntwo\\tthree\\x1b[31mred\\xc2\\x9b" "2J\\r\\nend");
          tauro_progress(call, 0.5, "half\\x1b[2J\\nway");
          usleep(100000);
          return TAURO_OK;
        }
        """

    private func talkativeProject() throws -> TestProject {
        let project = try TestProject(nodes: "talk: {function: c.talk}\n", pipeline: ["talk"])
        try project.plugin("c", ConsoleTests.talkative)
        return project
    }

    /// What the program writes when both of its streams are a terminal.
    private func onTerminal(_ project: TestProject, _ environment: [String: String]) throws -> String {
        let command = "'\(HostProcess.executable)' run p --project '\(project.path)'"
        let result = try HostProcess.start(
            "/usr/bin/script",
            ["--quiet", "--return", "--command", command, "/dev/null"],
            environment: environment
        )
        #expect(result.status == 0, "\(result.output)")
        return result.output
    }

    @Test func logLinesHaveNoControlCharacters() throws {
        let result = try talkativeProject().host("run", "p", "--progress", "plain")
        let line = "warning talk: one⏎two three\u{FFFD}[31mred\u{FFFD}2J⏎end\n"
        #expect(result.errors.contains(line), "\(result.errors)")
    }

    @Test func barShowsNotesWithoutControlCharacters() throws {
        let text = try onTerminal(talkativeProject(), ["TERM": "xterm", "NO_COLOR": ""])
        #expect(text.contains("░"))
        #expect(text.contains("talk (50% half\u{FFFD}[2J⏎way)"))
        #expect(!text.contains("\u{1B}[2J") && !text.contains("\u{1B}[31mred"))
    }

    @Test(arguments: [["NO_COLOR": "1", "TERM": "xterm"], ["NO_COLOR": "", "TERM": "dumb"]])
    func plainLinesWhereColourIsNotWanted(environment: [String: String]) throws {
        let text = try onTerminal(talkativeProject(), environment)
        #expect(text.contains("talk: started"))
        #expect(!text.contains("\u{1B}") && !text.contains("░") && !text.contains("█"))
    }

    // MARK: Drawings

    @Test func drawingsEscapeNames() throws {
        let project = try TestProject(
            nodes: #"'a"b\c': {function: t.quiet}"# + "\n",
            pipeline: [#"'a"b\c'"#]
        )
        try project.plugin()
        let dot = try project.host("plan", "p", "--format", "dot")
        #expect(dot.output.contains(#"  "a\"b\\c" [label="a\"b\\c\nt.quiet""#), "\(dot.errors)")
        let mermaid = try project.host("plan", "p", "--format", "mermaid")
        #expect(mermaid.output.contains(##"n0["a#quot;b\c<br/>t.quiet"]"##), "\(mermaid.errors)")
    }
}
