import Glibc

/// Signals in words: what a process died of.
package enum SignalWords {
    /// The name and what the signal usually means, for example `SIGFPE (a whole number was divided by zero)`.
    package static func text(_ signal: Int32) -> String {
        guard let known = known[signal] else { return "signal \(signal)" }
        return known.meaning.isEmpty ? known.name : "\(known.name) (\(known.meaning))"
    }

    /// The name alone, for example `SIGFPE`.
    package static func name(_ signal: Int32) -> String { known[signal]?.name ?? "signal \(signal)" }

    private static let known: [Int32: (name: String, meaning: String)] = [
        SIGSEGV: ("SIGSEGV", "it used memory that is not its own, or its stack overflowed"),
        SIGBUS: ("SIGBUS", "it used memory that is not there: a mapped file that shrank?"),
        SIGILL: (
            "SIGILL", "a Swift runtime check failed, such as an index out of range, or an illegal instruction"
        ),
        SIGTRAP: ("SIGTRAP", "a Swift runtime check failed, such as an index out of range"),
        SIGFPE: ("SIGFPE", "a whole number was divided by zero"),
        SIGABRT: ("SIGABRT", "abort: a failed assertion, heap corruption, or an exception that nobody caught"),
        SIGKILL: ("SIGKILL", "not by the host: the system may have run out of memory"),
        SIGSYS: ("SIGSYS", "a system call that is not allowed"),
        SIGXCPU: ("SIGXCPU", "a limit of processor time"),
        SIGPIPE: ("SIGPIPE", "it wrote to a pipe that nobody reads"),
        SIGTERM: ("SIGTERM", ""), SIGINT: ("SIGINT", ""), SIGHUP: ("SIGHUP", ""), SIGALRM: ("SIGALRM", ""),
        SIGQUIT: ("SIGQUIT", ""), SIGUSR1: ("SIGUSR1", ""), SIGUSR2: ("SIGUSR2", ""), SIGCHLD: ("SIGCHLD", ""),
    ]
}
