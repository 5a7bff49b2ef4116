import Glibc
import TauroModel

/// What a process does on each signal, so that a plugin can not leave handlers behind for later calls.
struct SignalDispositions {
    private static let all = Int32(1)...64
    /// Those that a fault ends in, and the one that is ignored here.
    private static let ofFaults = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGPIPE]

    /// By the signal's number; nil for those that the system or the C library keeps to itself.
    private var actions: [sigaction?]

    /// Remembers how things stand now.
    init() {
        actions = [nil] + Self.all.map { Self.action(of: $0) }
    }

    /// Puts everything back: for all signals or, at a fraction of the cost, for those of faults.
    ///
    /// - Returns: the names of the signals that had another handler.
    func restore(all: Bool) -> [String] {
        all ? Self.all.compactMap(restore) : Self.ofFaults.compactMap(restore)
    }

    /// Puts one signal back; its name if that was needed.
    private func restore(_ signal: Int32) -> String? {
        guard var before = actions[Int(signal)], let now = Self.action(of: signal),
            Self.handler(now) != Self.handler(before) || Self.flags(now) != Self.flags(before)
        else { return nil }
        sigaction(signal, &before, nil)
        return SignalWords.name(signal)
    }

    private static func action(of signal: Int32) -> sigaction? {
        var action = sigaction()
        return sigaction(signal, nil, &action) == 0 ? action : nil
    }

    /// Without SA_RESTORER (`asm/signal.h`), which the C library sets of its own accord, as when `system` puts a handler back.
    private static func flags(_ action: sigaction) -> Int32 { action.sa_flags & ~0x0400_0000 }

    private static func handler(_ action: sigaction) -> UInt {
        UInt(bitPattern: unsafeBitCast(action.__sigaction_handler, to: Int.self))
    }
}
