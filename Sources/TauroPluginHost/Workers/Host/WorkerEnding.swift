import Glibc
import TauroBasics
import TauroModel

/// How a worker process ended in the middle of something, in words.
struct WorkerEnding {
    let ending: ChildProcess.Ending
    let memory: WorkerMemory
    /// Whether the worker said that a function ended its thread.
    let threadEnded: Bool

    /// What happened, as the predicate of a sentence about the plugin.
    var words: String {
        if threadEnded { return "ended its thread with pthread_exit instead of returning" }
        switch ending.cause {
        case .exited(let code): return Self.words(forExit: code)
        case .killed(let signal):
            return "crashed: its worker process was killed by \(SignalWords.text(signal))\(memoryHint)"
        }
    }

    /// Whether the memory it took is near what it was allowed.
    private var memoryHint: String {
        guard let limit = memory.limit, ending.peakMemory >= limit / 5 * 4 else { return "" }
        let allowance = "its worker_memory_limit is \(Self.mebibytes(limit))"
        guard let own = memory.own(ofPeak: ending.peakMemory) else { return "; \(allowance): it may be out of memory" }
        if own < limit / 5 * 4 { return "" }
        return "; it held \(Self.mebibytes(own)) of memory, \(allowance): it is likely out of memory"
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

    static func mebibytes(_ bytes: Int64) -> String { "\((bytes + (1 << 19)) >> 20) MiB" }
}
