@preconcurrency import Glibc
import TauroBasics

/// What of a process belongs to all of its code, so that a library should leave it as it is.
struct ProcessState {
    /// One thing, what it is and what its change is called.
    private var items: [(name: String, value: String)] = []

    /// How things stand now.
    static func now() -> ProcessState {
        var state = ProcessState()
        state.add("the working directory", (try? FileSystem.workingDirectory()) ?? "")
        state.add("the umask", umask)
        state.add("the locale", setlocale(LC_ALL, nil).map { String(cString: $0) } ?? "")
        state.addEnvironment()
        state.addSignals()
        state.addLimits()
        state.add("the floating-point mode", floatingPoint)
        state.add("the open files", list("/proc/self/fd").map { "\($0) \(link($0))" }.joined(separator: "\n"))
        state.add("the number of threads", "\(list("/proc/self/task").count)")
        return state
    }

    /// What changed until `later`, in words.
    func changes(until later: ProcessState) -> [String] {
        let names = items.map(\.name) + later.items.map(\.name).filter { name in !items.contains { $0.name == name } }
        return names.filter { value($0) != later.value($0) }
    }

    private func value(_ name: String) -> String? { items.first { $0.name == name }?.value }

    private mutating func add(_ name: String, _ value: String) { items.append((name, value)) }

    private mutating func addEnvironment() {
        for (name, value) in ProcessEnvironment.variables().sorted(by: { $0.key < $1.key }) {
            add("the environment variable \(name)", value)
        }
    }

    private mutating func addSignals() {
        for signal in Int32(1)...64 {
            var action = sigaction()
            guard sigaction(signal, nil, &action) == 0 else { continue }
            let handler = unsafeBitCast(action.__sigaction_handler, to: UInt.self)
            add("the handler of \(Self.signalNames[signal] ?? "signal \(signal)")", "\(handler) \(action.sa_flags)")
        }
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        let blocked = (Int32(1)...64).filter { sigismember(&mask, $0) == 1 }
        add("the blocked signals", "\(blocked)")
    }

    private static let signalNames: [Int32: String] = [
        SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
        SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV",
        SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGCHLD: "SIGCHLD",
    ]

    private mutating func addLimits() {
        for number in UInt32(0)..<16 {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(number), &limit) == 0 else { continue }
            add("the resource limit \(number)", "\(limit.rlim_cur) \(limit.rlim_max)")
        }
    }

    /// Rounding and exceptions that trap, of both floating-point units.
    private static var floatingPoint: String {
        var environment = fenv_t()
        fegetenv(&environment)
        // The lowest six bits say which exceptions there were, which every sum may change.
        return "\(environment.__control_word) \(environment.__mxcsr & ~0x3F)"
    }

    private static var umask: String {
        text("/proc/self/status").split(separator: "\n").first { $0.hasPrefix("Umask:") }.map { String($0) } ?? ""
    }

    /// The files that are mapped as code or data, sorted, without those that the thread sanitizer makes for itself.
    static func mappedFiles() -> [String] {
        LoadedObject.mappedFiles().filter { Sanitizer.current != .thread || !$0.contains("/tsan.rodata.") }
    }

    static func text(_ path: String) -> String { (try? FileSystem.readText(path)) ?? "" }

    /// The names in a directory of `/proc`, sorted, without the descriptor that reads it.
    static func list(_ path: String) -> [String] {
        let names = (try? FileSystem.list(path)) ?? []
        return names.filter { !path.hasSuffix("/fd") || !link($0).hasSuffix("/fd") }.sorted()
    }

    private static func link(_ descriptor: String) -> String {
        var target = [CChar](repeating: 0, count: 512)
        let count = readlink("/proc/self/fd/\(descriptor)", &target, target.count)
        return count > 0 ? String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    }
}
