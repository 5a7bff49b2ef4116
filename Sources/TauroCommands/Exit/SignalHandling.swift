import Glibc
import TauroBasics
import TauroModel
import TauroRuntime

/// Turns Ctrl-C and SIGTERM into a cancelled run; the second one ends the process at once.
enum SignalHandling {
    /// Takes the two signals over for the rest of the process.
    ///
    /// Call it before other threads start, so that they inherit the mask and the signals reach only the thread that
    /// waits for them.
    static func cancelOnSignals(_ cancellation: CancellationToken) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        guard let pool = try? WorkerPool(count: 1, name: "tauro-signals") else {
            // Nobody would wait for them: better that they end the process than that they do nothing.
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            return
        }
        pool.submit { [signals] in
            _ = waitForOne(signals)
            // The terminal has shown ^C at the beginning of the line.
            if Console.standard.isTerminal(.error) { Console.standard.write("\n", to: .error) }
            Report.standard.notes(["stopping: waiting for running nodes; again to end at once"])
            cancellation.cancel()
            _ = waitForOne(signals)
            CrashHandling.endOnPurpose()
            _exit(ExitStatus.cancelled.rawValue)
        }
        retained = pool
    }

    /// The pool lives as long as the process; nobody waits for its thread.
    nonisolated(unsafe) private static var retained: WorkerPool?

    private static func waitForOne(_ signals: sigset_t) -> Int32 {
        var signals = signals
        var received: Int32 = 0
        sigwait(&signals, &received)
        return received
    }
}
