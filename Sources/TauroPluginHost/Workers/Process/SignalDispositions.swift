import Glibc

/// What a process does on the signals that matter, so that a plugin can not leave handlers behind for later calls.
struct SignalDispositions {
    private static let signals: [(number: Int32, name: String)] = [
        (SIGSEGV, "SIGSEGV"), (SIGBUS, "SIGBUS"), (SIGILL, "SIGILL"), (SIGFPE, "SIGFPE"), (SIGABRT, "SIGABRT"),
        (SIGTRAP, "SIGTRAP"), (SIGPIPE, "SIGPIPE"),
    ]

    private var actions: [sigaction]

    /// Remembers how things stand now.
    init() {
        actions = Self.signals.map { signal in
            var action = sigaction()
            sigaction(signal.number, nil, &action)
            return action
        }
    }

    /// Puts everything back.
    ///
    /// - Returns: the names of the signals that had another handler.
    func restore() -> [String] {
        var changed: [String] = []
        for (signal, before) in zip(Self.signals, actions) {
            var now = sigaction()
            guard sigaction(signal.number, nil, &now) == 0, Self.handler(now) != Self.handler(before) else { continue }
            var action = before
            sigaction(signal.number, &action, nil)
            changed.append(signal.name)
        }
        return changed
    }

    private static func handler(_ action: sigaction) -> UInt {
        UInt(bitPattern: unsafeBitCast(action.__sigaction_handler, to: Int.self))
    }
}
