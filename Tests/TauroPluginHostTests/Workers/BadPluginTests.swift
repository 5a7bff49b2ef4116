import Foundation
import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// What becomes of nodes that crash, hang, leak or lie in a worker process: one sentence each, and the next call works.
@Suite struct BadPluginTests {
    private func harness(_ name: String = "bad.c") throws -> WorkerHarness {
        try WorkerHarness(Result { try Fixture.compile(file: name, once: true) })
    }

    @Test(arguments: [
        (
            "bad.segfault",
            "crashed: its worker process was killed by SIGSEGV (it used memory that is not its own, "
                + "or its stack overflowed)"
        ),
        (
            "bad.abort",
            "crashed: its worker process was killed by SIGABRT (abort: a failed assertion, heap corruption, "
                + "or an exception that nobody caught)"
        ),
        ("bad.divide", "crashed: its worker process was killed by SIGFPE (a whole number was divided by zero)"),
        (
            "bad.stack",
            "crashed: its worker process was killed by SIGSEGV (it used memory that is not its own, "
                + "or its stack overflowed)"
        ),
        (
            "bad.kill",
            "crashed: its worker process was killed by SIGKILL (not by the host: the system may have run out "
                + "of memory)"
        ),
        ("bad.exit", "ended its worker process with exit(0) instead of returning"),
        (
            "bad.thread_exit",
            // The address sanitizer can not stand a thread that ends in the middle, and ends the process.
            Sanitizer.current == .address
                ? "ended its worker process with exit(1) instead of returning"
                : "ended its thread with pthread_exit instead of returning"
        ),
        ("bad.closed", "closed the file descriptor that its worker process is connected to the host with"),
        ("bad.garbage", "disturbed its worker process: it sent a message of kind 50463103"),
        ("bad.truncated_message", "disturbed its worker process: it sent a result of no known kind"),
    ])
    func deathIsToldInASentence(node: String, words: String) throws {
        let harness = try harness()
        let message = try harness.failure(node)
        #expect(message.hasPrefix("internal: the plugin bad 1.0.0 (PLUGIN) \(words), after TIME, attempt 2"))
        try harness.call("bad.talks")
    }

    @Test func lastLinesThatThePluginWroteAreTold() throws {
        let message = try harness().failure("bad.segfault")
        #expect(message.contains("attempt 2; the last lines it wrote:\n    about to die"))
    }

    @Test func crashWhileLoadingIsToldAsThat() throws {
        let message = try harness("crash_on_load.c").failure("crash.node")
        #expect(message.hasPrefix("internal: while it was loaded, the plugin crash_on_load 1.0.0 (PLUGIN) crashed: "))
        #expect(message.contains("\n    constructing"))
    }

    @Test func loadingThatIsCancelledOrDisturbedEndsAtOnce() throws {
        let source = { (code: String) in
            "#include <unistd.h>\n\(Fixture.plainNode("slow.node"))\nTAURO_PLUGIN(\"slow\", \"1.0.0\");\n"
                + "__attribute__((constructor)) static void construct(void) {\(code)}\n"
        }
        let waits = source("if (write(1, \"waiting\\n\", 8) == 8) for (;;) pause();")
        let harness = try WorkerHarness(Result { try Fixture.compile(waits) })
        let cancellation = CancellationToken()
        let thread = try WatchingThread(
            { [reports = harness.reports] in reports.lines().contains("stdout: waiting") },
            then: { cancellation.cancel() }
        )
        #expect(try harness.failure("slow.node", cancellation: cancellation) == "cancelled: the run was told to stop")
        thread.join()
        let garbage = source("char kind[8] = {1}; if (write(3, kind, sizeof kind) == 8) for (;;) pause();")
        let message = try WorkerHarness(Result { try Fixture.compile(garbage) }).failure("slow.node")
        #expect(
            message == "internal: while it was loaded, the plugin slow 1.0.0 (PLUGIN) disturbed its worker process: it "
                + "sent a message that only a host sends"
        )
    }

    @Test func runawayMemoryMeetsItsLimit() throws {
        let message = try harness().failure("bad.memory", memoryLimit: 128 << 20)
        // A sanitizer's own memory is above any such limit, and it ends the process itself.
        guard Sanitizer.current == nil else {
            return #expect(message.hasPrefix("internal: the plugin bad 1.0.0 (PLUGIN) "))
        }
        #expect(message.contains("SIGSEGV"))
        // Whether it is known depends on how much this process has held.
        #expect(
            message.contains(
                /; (it held N MiB of memory, )?its worker_memory_limit is 128 MiB: it (is likely|may be) out/
            )
        )
    }

    @Test(arguments: [1e9, 1e11, 1e300])
    func limitsBeyondAnyAreNone(timeout: Double) throws {
        let harness = try harness()
        try harness.call("bad.talks", timeout: timeout, memoryLimit: .max)
        #expect(harness.reports.metrics == ["answer": 42])
    }

    @Test func hangIsToldToStopAndThenKilled() throws {
        let message = try harness().failure("bad.hang", timeout: 0.2)
        #expect(
            message
                == "TimeoutError: timed out after TIME; told to stop, it did not return, and its worker process was "
                + "killed"
        )
    }

    @Test func workerThatWasKilledIsReapedAlsoWhereItsAnswerWasOnItsWay() throws {
        let path = Result { try Fixture.compile(file: "bad.c", once: true) }
        let harness = try WorkerHarness(path, grace: .zero)
        let reports = harness.reports
        let slowListener: @Sendable (NodeReport) -> Void = { report in
            reports.add(report)
            usleep(400_000)
        }
        #expect(throws: TimeoutError.self) {
            try harness.call("bad.tells_process", timeout: 0.2, report: slowListener)
        }
        let process = pid_t(reports.metrics["process"] ?? 0)
        #expect(process > 0 && kill(process, 0) == -1)
        try harness.call("bad.talks")
    }

    @Test func nodeThatStopsWhenItIsToldKeepsItsWorker() throws {
        let harness = try harness()
        #expect(try harness.failure("bad.wait", timeout: 0.2) == "TimeoutError: timed out after TIME")
        try harness.call("bad.talks")
    }

    @Test(arguments: ["bad.wait", "bad.ignores_term"])
    func cancelledRunEndsTheCall(node: String) throws {
        let harness = try harness()
        let cancellation = CancellationToken()
        let thread = try WatchingThread(
            { [reports = harness.reports] in reports.lines().contains("running") },
            then: { cancellation.cancel() }
        )
        let message = try harness.failure(node, cancellation: cancellation)
        thread.join()
        #expect(message.hasPrefix("cancelled: "))
    }

    @Test(arguments: [(SIGSEGV, "SIGSEGV"), (SIGUSR2, "SIGUSR2"), (64, "signal 64")])
    func handlerThatIsLeftBehindIsAnErrorAndTakenAway(signal: Int32, name: String) throws {
        let harness = try harness()
        let message = try harness.failure("bad.handler", [], ["number": .int64(Int64(signal))])
        #expect(
            message == "internal: left a handler behind for \(name), which was taken away: a function puts back the "
                + "handler that was there before"
        )
        #expect(try harness.failure("bad.segfault").contains("SIGSEGV"))
    }

    @Test func whatACrashedNodeStartedGoesWithIt() throws {
        let harness = try harness()
        _ = try harness.failure("bad.child")
        let child = pid_t(harness.reports.metrics["child"] ?? 0)
        #expect(child > 0)
        let gone = try WatchingThread({ Self.isGone(child) }, then: {})
        gone.join()
        #expect(Self.isGone(child))
    }

    /// Whether a process was killed: whoever inherited it may not have reaped it yet.
    private static func isGone(_ process: pid_t) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        return state.contains(" Z ")
    }

    @Test func outputLogMetricsAndProgressArrive() throws {
        let harness = try harness()
        try harness.call("bad.talks")
        #expect(
            Set(harness.reports.lines(.info)) == ["stdout: to the standard output", "stderr: to the standard error"]
        )
        #expect(harness.reports.lines(.warning) == ["to the log"])
        #expect(harness.reports.metrics == ["answer": 42])
        #expect(harness.reports.fractions == [0.5])
    }

    @Test func everyLogLineArrivesInOrder() throws {
        let harness = try harness()
        try harness.call("bad.lines", [], ["count": .int64(20_000)])
        #expect(harness.reports.lines(.info) == (0..<20_000).map { "line \($0)" })
    }

    @Test func workersGetTheVariablesThatTheFleetWasGiven() throws {
        let path = Result { try Fixture.compile(file: "bad.c", once: true) }
        let harness = try WorkerHarness(path, environment: ["TAURO_TEST_GIVEN": "yes", "LD_TEST_GIVEN": "yes"])
        for name in ["TAURO_TEST_GIVEN", "LD_TEST_GIVEN", "PATH"] {
            try harness.call("bad.tells_variable", [], ["name": .string(name)])
        }
        #expect(harness.reports.lines(.info) == ["yes", "none", "none"])
    }

    @Test func errorsThatNodesReturnAreTheirs() throws {
        let harness = try harness()
        #expect(try harness.failure("bad.fails") == "transient: no luck with 5")
        #expect(
            try harness.failure("bad.says_nothing").hasPrefix("invalid: returned TAURO_OK without emitting its result")
        )
    }

    @Test func withoutTheProgramTheCallFailsAndNothingRunsHere() throws {
        let path = Result { try Fixture.compile(file: "bad.c", once: true) }
        let unknown = try WorkerHarness(path, program: nil).failure("bad.talks")
        #expect(unknown.hasPrefix("ResourceError: isolation: process needs the program tauro-host"))
        let missing = try WorkerHarness(path, program: "/no/such/tauro-host").failure("bad.talks")
        #expect(missing == "ResourceError: could not start /no/such/tauro-host: No such file or directory")
        let other = try WorkerHarness(path, program: "/bin/true").failure("bad.talks")
        #expect(
            other.hasPrefix("internal: while it was loaded, the plugin bad 1.0.0 (PLUGIN) ended its worker process")
        )
    }

    @Test func manyCallsLeaveNothingBehind() throws {
        let harness = try harness()
        let relays = try WorkerHarness(Fixture.calls)
        let frame = Dataset.frame(try Numbers.frame([Array(0..<131_072)]))
        try harness.call("bad.talks")
        try relays.call("calls.relay", [frame])
        let descriptors = try Self.descriptorCount()
        let memory = try Self.residentMemory()
        let calls = ProcessInfo.processInfo.environment["TAURO_TEST_LONG"] == nil ? 500 : 10_000
        for number in 0..<calls {
            if number % 100 == 99 { _ = try harness.failure("bad.exit") }
            try harness.call("bad.lines", [], ["count": .int64(1)], report: { _ in })
            // A mebibyte, shared in both directions.
            try relays.call("calls.relay", [frame])
        }
        // Other tests of this process use descriptors and memory too, for a while; what is leaked stays.
        #expect(try Self.comesTrue { try Self.descriptorCount() < descriptors + 20 })
        #expect(try Self.comesTrue { try Self.residentMemory() < memory + (100 << 20) })
        // A worker of another test may be on its way to being reaped, but none stays.
        let zombies = Self.zombies()
        let settled = try WatchingThread({ zombies.isDisjoint(with: Self.zombies()) }, then: {})
        settled.join()
        #expect(zombies.isDisjoint(with: Self.zombies()))
    }

    /// Whether something holds within ten seconds.
    private static func comesTrue(_ holds: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<1_000 {
            if try holds() { return true }
            usleep(10_000)
        }
        return false
    }

    private static func descriptorCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    /// How much of this process is in memory, in bytes (`/proc/self/statm`, second number, pages).
    private static func residentMemory() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(fields[1])) * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Workers of this process that ended and were not reaped.
    private static func zombies() -> Set<String> {
        let processes = try? FileManager.default.contentsOfDirectory(atPath: "/proc")
        return Set(
            (processes ?? []).filter { name in
                let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8)
                return stat?.contains("(tauro-host) Z \(getpid()) ") == true
            }
        )
    }
}
