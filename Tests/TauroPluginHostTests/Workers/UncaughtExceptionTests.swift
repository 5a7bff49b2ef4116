import Testing

@testable import TauroPluginHost

/// What becomes of an exception of C++ that leaves a thread, or a function that promised to let none out.
@Suite struct UncaughtExceptionTests {
    @Test(arguments: ["uncaught.thread", "uncaught.noexcept"])
    func exceptionThatNobodyCatchesIsTheCrashOfItsNode(node: String) throws {
        let harness = try WorkerHarness(Result { try Fixture.compile(file: "uncaught.cpp", once: true) })
        let message = try harness.failure(node)
        #expect(
            message.hasPrefix(
                "internal: the plugin uncaught 1.0.0 (PLUGIN) crashed: its worker process was killed by SIGABRT (abort: a "
                    + "failed assertion, heap corruption, or an exception that nobody caught), after TIME, attempt 2"
            ),
            "\(message)"
        )
        #expect(message.contains("what():  the tape is torn"))
        try harness.call("uncaught.quiet")
    }
}
