import Glibc
import TauroBasics
import TauroModel

/// How a worker process ended in the middle of something, in words.
struct WorkerEnding {
    let ending: ChildProcess.Ending
    /// What the worker was allowed to take, in bytes.
    let memoryLimit: Int64?
    /// Whether the worker said that a function ended its thread.
    let threadEnded: Bool

    /// What happened, as the predicate of a sentence about the plugin.
    var words: String {
        if threadEnded { return "ended its thread with pthread_exit instead of returning" }
        switch ending.cause {
        case .exited(let code): return Self.words(forExit: code)
        case .killed(let signal):
            return "crashed: its worker process was killed by \(Self.words(forSignal: signal))\(memoryHint)"
        }
    }

    /// Whether the memory it took is near what it was allowed.
    private var memoryHint: String {
        guard let memoryLimit, ending.peakMemory * 5 >= memoryLimit * 4 else { return "" }
        return
            "; it held \(Self.mebibytes(ending.peakMemory)) of memory, its worker_memory_limit is "
            + "\(Self.mebibytes(memoryLimit)): it is likely out of memory"
    }

    /// What a plugin did whose worker is there, but can not be reached.
    static let lostConnection = "closed the file descriptor that its worker process is connected to the host with"

    private static func words(forExit code: Int32) -> String {
        switch WorkerExit(rawValue: code) {
        case .lostConnection: lostConnection
        case .threadEnded: "ended its thread with pthread_exit instead of returning"
        case .badMessage: "disturbed the connection between its worker process and the host"
        case nil: "ended its worker process with exit(\(code)) instead of returning"
        }
    }

    /// A signal's name and what it usually means.
    static func words(forSignal signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "SIGSEGV (it used memory that is not its own, or its stack overflowed)"
        case SIGBUS: "SIGBUS (it used memory that is not there: a mapped file that shrank?)"
        case SIGILL: "SIGILL (a Swift runtime check failed, such as an index out of range, or an illegal instruction)"
        case SIGTRAP: "SIGTRAP (a Swift runtime check failed, such as an index out of range)"
        case SIGFPE: "SIGFPE (a whole number was divided by zero)"
        case SIGABRT: "SIGABRT (abort: a failed assertion, heap corruption, or an exception that nobody caught)"
        case SIGKILL: "SIGKILL (not by the host: the system may have run out of memory)"
        case SIGSYS: "SIGSYS (a system call that is not allowed)"
        case SIGXCPU: "SIGXCPU (a limit of processor time)"
        case SIGPIPE: "SIGPIPE (it wrote to a pipe that nobody reads)"
        case SIGTERM: "SIGTERM"
        case SIGINT: "SIGINT"
        case SIGHUP: "SIGHUP"
        case SIGALRM: "SIGALRM"
        default: "signal \(signal)"
        }
    }

    static func mebibytes(_ bytes: Int64) -> String { "\((bytes + (1 << 19)) >> 20) MiB" }
}
