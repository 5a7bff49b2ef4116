import Foundation
import TauroBasics
import Testing

/// A host that dies inside a call says where, and so does the next one.
@Suite struct CrashTests {
    /// Swift's own backtrace would follow the host's line, and so would the reports of sanitizers.
    private static let plain = [
        "SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "detect_leaks=0:\(unhandled)", "TSAN_OPTIONS": unhandled,
    ]
    private static let unhandled = ["segv", "sigbus", "abort", "sigill", "sigfpe", "sigtrap"]
        .map { "handle_\($0)=0" }.joined(separator: ":")

    private static let source = """
        #define _GNU_SOURCE
        #include <tauro/tauro.h>
        #include <pthread.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <unistd.h>
        TAURO_PLUGIN("crash", "1.0.0");
        #define NODE(name) TAURO_NODE(c_##name, "c." #name, TAURO_RETURNS(nothing))
        NODE(quiet) { return TAURO_OK; }
        NODE(fails) { return TAURO_E_INTERNAL; }
        NODE(prints) { printf("printed by a node\\n"); return TAURO_OK; }
        NODE(crash) { *(volatile int *)8 = 1; return TAURO_OK; }
        NODE(sent) { raise(SIGBUS); return TAURO_OK; }
        NODE(trap) { __asm__ volatile("int3"); return TAURO_OK; }
        NODE(undefined) { __asm__ volatile("ud2"); return TAURO_OK; }
        NODE(divide) { __asm__ volatile("xorl %%ecx, %%ecx; idivl %%ecx" ::: "eax", "ecx", "edx"); return TAURO_OK; }
        NODE(abort) { abort(); }
        NODE(exit) { exit(0); }
        NODE(thread_exit) { pthread_exit(NULL); }
        static int deep(volatile int n) { volatile char room[4096]; room[0] = (char)n; return deep(n + 1) + room[0]; }
        NODE(overflow) { return deep(0); }
        NODE(killed) { kill(getpid(), SIGKILL); pause(); return TAURO_OK; }
        static void *crash(void *nothing) { *(volatile int *)8 = 1; return nothing; }
        NODE(own_thread) { pthread_t t; pthread_create(&t, NULL, crash, NULL); pthread_join(t, NULL); return TAURO_OK; }
        NODE(stubborn) { kill(getpid(), SIGINT); usleep(200000); kill(getpid(), SIGINT); for (;;) pause(); }
        TAURO_NODE(c_shell, "c.shell", TAURO_RETURNS(nothing), TAURO_STR(command, TAURO_REQUIRED)) {
          return system(command) == 0 ? TAURO_OK : TAURO_E_INTERNAL;
        }
        """

    /// A project whose pipeline `p` is one node, called `suspect`, and whose pipeline `q` is a quiet one.
    private func project(_ function: String, parameters: String = "{}", source: String = source) throws -> TestProject {
        let nodes = "suspect: {function: c.\(function), params: \(parameters)}\nquiet: {function: c.quiet}\n"
        let project = try TestProject(nodes: nodes, pipeline: ["suspect"])
        try project.scratch.write("p: {nodes: [suspect]}\nq: {nodes: [quiet]}\n", to: "project/config/pipelines.yaml")
        try project.plugin("crash", source)
        return project
    }

    private func run(_ project: TestProject, _ arguments: String...) throws -> HostProcess.Result {
        let environment = CrashTests.plain
        return try HostProcess.run(
            ["run"] + arguments + ["--project", project.path, "--progress", "none"],
            environment: environment
        )
    }

    /// The runs of which there is a record of calls.
    private func runs(_ project: TestProject) -> [String] {
        let root = project.path + "/.tauro/runs"
        let all = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted()
        return all.filter { run in
            ["calls", "crashed.calls"].contains { FileManager.default.fileExists(atPath: "\(root)/\(run)/\($0)") }
        }
    }

    /// A result with what differs from run to run replaced.
    private func snapshot(
        _ name: String,
        _ project: TestProject,
        _ result: HostProcess.Result,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        func stable(_ text: String) -> String {
            text.replacing(/\d{8}T\d{9}Z-[0-9a-f]{6}/, with: "<run>")
                .replacing(/\d{4}-\d\d-\d\dT[\d:.]+Z/, with: "<time>")
        }
        let shown = HostProcess.Result(
            status: result.status,
            output: stable(result.output),
            errors: stable(result.errors)
        )
        try Snapshot.check(
            name,
            shown,
            errorsOnly: true,
            replacing: [project.path: "<project>"],
            sourceLocation: sourceLocation
        )
    }

    // MARK: The record

    @Test func aRunThatCanNotBeRememberedDoesNotBegin() throws {
        let project = try project("quiet")
        try project.scratch.write("no directory", to: "project/.tauro/runs")
        let result = try run(project, "p")
        #expect(result.status == 5)
        #expect(result.errors.contains("\(project.path)/.tauro/runs"), "\(result.errors)")
        #expect(result.errors.contains("is a directory that you may write"), "\(result.errors)")
    }

    // MARK: The line of the host that dies

    @Test(arguments: [
        ("crash", "SIGSEGV", -SIGSEGV), ("sent", "SIGBUS", -SIGBUS), ("undefined", "SIGILL", -SIGILL),
        ("divide", "SIGFPE", -SIGFPE), ("abort", "SIGABRT", -SIGABRT), ("trap", "SIGTRAP", -SIGTRAP),
        ("overflow", "SIGSEGV", -SIGSEGV), ("exit", "the process was told to exit", 1),
        ("thread_exit", "a thread of the host was ended", 1),
    ])
    func hostSaysWhereItDies(function: String, cause: String, status: Int32) throws {
        let project = try project(function)
        let result = try run(project, "p")
        // The address sanitizer can not stand a thread that ends in the middle, and ends the process itself.
        if function == "thread_exit" && Sanitizer.current == .address { return #expect(result.status == 1) }
        #expect(result.status == status, "\(result.errors)")
        #expect(result.output.isEmpty)
        let run = try #require(runs(project).first)
        #expect(
            result.errors == "tauro-host: \(cause) inside node 'suspect' (function c.\(function), plugin "
                + "\(project.path)/plugins/crash.so); the run \(run) died here. Run it again with --resume \(run) to run "
                + "this node in a worker process.\n"
        )
    }

    @Test func crashOnAThreadOfThePluginNamesTheNodeThatRan() throws {
        let project = try project("own_thread")
        let result = try run(project, "p")
        #expect(result.status == -SIGSEGV)
        #expect(
            result.errors.hasPrefix(
                "tauro-host: SIGSEGV on a thread of its own while this ran: node 'suspect' (function "
            )
        )
        #expect(try run(project, "q").errors.contains("died inside node 'suspect': SIGSEGV"))
    }

    @Test func whatWasThereBeforeStillReports() throws {
        let project = try project("crash")
        // A sanitizer that handles signals reports by itself, and ends the process with its own code.
        let sanitized = Sanitizer.current != nil
        let result = try HostProcess.run(
            ["run", "p", "--project", project.path],
            environment: sanitized
                ? ["SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "handle_segv=1", "TSAN_OPTIONS": "handle_segv=1"]
                : ["SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no,images=none,threads=crashed"]
        )
        #expect(sanitized ? result.status > 0 : result.status == -SIGSEGV)
        let line = try #require(result.errors.range(of: "tauro-host: SIGSEGV inside node"))
        let report = try #require(
            result.errors.range(of: sanitized ? "Sanitizer:DEADLYSIGNAL" : "Program crashed"),
            "\(result.errors)"
        )
        #expect(line.upperBound < report.lowerBound)
    }

    // MARK: The next start

    @Test func nextStartTellsOnce() throws {
        let project = try project("crash")
        _ = try run(project, "p")
        try snapshot("dead-run", project, try run(project, "q"))
        #expect(try run(project, "q").errors.isEmpty)
    }

    @Test func nextStartTellsOfAHostThatWasKilled() throws {
        let project = try project("killed")
        let result = try run(project, "p")
        #expect(result.status == -SIGKILL)
        #expect(result.errors.isEmpty)
        try snapshot("dead-run-killed", project, try run(project, "q"))
        #expect(try run(project, "q").errors.isEmpty)
    }

    @Test func crashWhileAPluginIsLoadedIsToldOfToo() throws {
        let constructor = "\n__attribute__((constructor)) static void start(void) { raise(SIGSEGV); }\n"
        let project = try project("quiet", source: CrashTests.source + constructor)
        let result = try run(project, "p")
        #expect(result.errors.hasPrefix("tauro-host: SIGSEGV inside node 'suspect' (function c.quiet, "))
    }

    @Test(arguments: [("quiet", Int32(0)), ("fails", 4), ("stubborn", 130)])
    func runThatEndsItselfIsNoDeadRun(function: String, status: Int32) throws {
        let project = try project(function)
        #expect(try run(project, "p").status == status)
        #expect(try run(project, "q").errors.isEmpty)
        #expect(runs(project).isEmpty)
    }

    @Test func runThatLivesIsNeverTakenForADeadOne() throws {
        let project = try project("shell", parameters: "{command: '${COMMAND}'}")
        // The function starts a second host while the first one waits for it.
        let second = "'\(HostProcess.executable)' run q --project '\(project.path)' --progress none"
        let result = try HostProcess.run(
            ["run", "p", "--project", project.path, "--progress", "none"],
            environment: ["COMMAND": "\(second) && ls '\(project.path)/.tauro/runs'/*/calls"]
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(!result.errors.contains("warning"))
        #expect(result.errors.contains("q completed"), "the second host ran: \(result.errors)")
        #expect(result.errors.contains("/calls\n"), "the first one's record was left alone: \(result.errors)")
    }

    @Test func recordsThatAreNoneAreSkipped() throws {
        let project = try project("crash")
        _ = try run(project, "p")
        let dead = try #require(runs(project).first)
        let record = try Data(contentsOf: URL(fileURLWithPath: "\(project.path)/.tauro/runs/\(dead)/calls"))
        try FileManager.default.removeItem(atPath: "\(project.path)/.tauro/runs/\(dead)")
        let files: [(String, Data)] = [
            ("a-empty", Data()), ("b-foreign", Data(repeating: 65, count: 20_000)), ("c-torn", record.dropLast(100)),
            ("d-moved", record), ("e-longer", record + Data([0])),
        ]
        for (name, content) in files {
            let directory = URL(fileURLWithPath: "\(project.path)/.tauro/runs/\(name)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try content.write(to: directory.appendingPathComponent("calls"))
        }
        try FileManager.default.createSymbolicLink(
            atPath: "\(project.path)/.tauro/runs/f-link",
            withDestinationPath: "/proc/self"
        )
        try snapshot("dead-run-unreadable", project, try run(project, "q"))
    }

    @Test func onlyTheLastTwentyAreKept() throws {
        let project = try project("crash")
        _ = try run(project, "p")
        let dead = try #require(runs(project).first)
        let record = try Data(contentsOf: URL(fileURLWithPath: "\(project.path)/.tauro/runs/\(dead)/calls"))
        _ = try run(project, "q")
        for number in 10..<35 {
            let name = "20000101T0000000\(number)Z-000000"
            var copy = record
            copy.replaceSubrange(194..<194 + name.utf8.count, with: Data(name.utf8))
            try project.scratch.write("", to: "project/.tauro/runs/\(name)/crashed.calls")
            try copy.write(to: URL(fileURLWithPath: "\(project.path)/.tauro/runs/\(name)/crashed.calls"))
        }
        #expect(try run(project, "q").errors.isEmpty)
        let left = runs(project)
        #expect(left.count == 20)
        #expect(left.first == "20000101T000000016Z-000000")
        #expect(left.last == dead)
    }

    // MARK: --resume

    @Test func resumeRunsTheSuspectInAWorker() throws {
        let project = try project("crash")
        try project.scratch.write(
            "p: {nodes: [quiet, suspect]}\nq: {nodes: [quiet]}\n",
            to: "project/config/pipelines.yaml"
        )
        // One after the other, so that the first is done when the second one crashes.
        _ = try run(project, "p", "--max-workers", "1")
        let resumed = try run(project, "p", "--resume", "last")
        #expect(resumed.status == 4)
        #expect(resumed.errors.contains("its worker process was killed by SIGSEGV"), "\(resumed.errors)")
        // What the worker wrote follows: addresses and times.
        let said = resumed.errors.split(separator: "\n").filter { $0.hasPrefix("resuming") }.joined(separator: "\n")
        try snapshot("resume", project, HostProcess.Result(status: resumed.status, output: "", errors: said + "\n"))
        #expect(runs(project).count == 1, "the run failed again, so its record is kept")
    }

    @Test func resumeThatSucceedsForgetsTheDeadRun() throws {
        let source = CrashTests.source.replacingOccurrences(
            of: "NODE(quiet)",
            with:
                "NODE(once) { if (access(getenv(\"MARK\"), F_OK)) { fopen(getenv(\"MARK\"), \"w\"); abort(); } return 0; }\nNODE(quiet)"
        )
        let project = try project("once", source: source)
        let environment = ["MARK": project.scratch.file("mark")].merging(CrashTests.plain) { old, _ in old }
        #expect(try project.host("run", "p", environment: environment).status == -SIGABRT)
        let id = try #require(runs(project).first)
        let resumed = try project.host("run", "p", "--resume", id, environment: environment)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(runs(project).isEmpty)
        let again = try project.host("run", "p", "--resume", id)
        #expect(again.status == 0, "there is nothing left to do")
    }

    @Test func resumeThatCanNotBeIsAnErrorOfConfiguration() throws {
        let project = try project("crash")
        try snapshot("resume-none", project, try run(project, "p", "--resume", "last"))
        _ = try run(project, "p")
        try snapshot("resume-unknown", project, try run(project, "p", "--resume", "yesterday"))
        let id = try #require(runs(project).first)
        try snapshot("resume-other-pipeline", project, try run(project, "q", "--resume", id))
    }

    // MARK: Stdout

    @Test func whatFunctionsPrintIsNoResult() throws {
        let project = try project("prints")
        let result = try run(project, "p", "--format", "json")
        #expect(result.status == 0)
        #expect(result.errors == "printed by a node\n")
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(document?["status"] as? String == "completed")
    }
}
