import Glibc
import TauroBasics

/// The handler of the signals that a fault ends in: notes it, and hands over to what was there before.
enum CrashSignals {
    /// More than any signal's number.
    private static var most: Int { 65 }

    /// Makes room for what was there before.
    static func prepare() {
        let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: most)
        actions.initialize(repeating: sigaction(), count: most)
        replacedActions = actions
    }

    /// Takes a signal over, where nobody has it or one who is known to end the process.
    ///
    /// Others, such as a language runtime inside a library, may handle the signal and go on: they keep it.
    static func take(_ signal: Int32) {
        guard let actions = replacedActions else { return }
        var wanted = sigaction()
        // The alternate stack is for stacks that overflowed. A thread that has none dies without the line; its record
        // still says where it was.
        wanted.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
        wanted.__sigaction_handler.sa_sigaction = { signal, information, _ in
            CrashSignals.handle(signal, information)
        }
        sigemptyset(&wanted.sa_mask)
        var present = sigaction()
        guard sigaction(signal, nil, &present) == 0,
            address(of: present) == 0 || endsTheProcess(present, as: object(of: wanted))
        else { return }
        actions[Int(signal)] = present
        sigaction(signal, &wanted, nil)
    }

    /// Notes the fault and hands over.
    private static func handle(_ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?) {
        let code = errno
        _ = CrashNote.tell(signal)
        if let actions = replacedActions { sigaction(signal, actions + Int(signal), nil) }
        // A fault happens again when this returns, and meets the action of before. What somebody sent, abort() included,
        // does not, nor does what is only noticed after the instruction.
        let isSent = (information?.pointee.si_code ?? 0) <= 0
        if isSent || signal == SIGTRAP || signal == SIGSYS { send(signal) }
        errno = code
    }

    /// Has the action of before run now, and then ends the process, which such an action may leave to the next fault.
    private static func send(_ signal: Int32) {
        var own = sigset_t()
        sigemptyset(&own)
        sigaddset(&own, signal)
        pthread_sigmask(SIG_UNBLOCK, &own, nil)
        raise(signal)
        var last = sigaction()
        sigaction(signal, &last, nil)
        raise(signal)
    }

    /// Whether a handler is Swift's backtrace or a sanitizer's report: in a library of theirs, or in the file that this
    /// host is linked into.
    private static func endsTheProcess(_ action: sigaction, as own: String?) -> Bool {
        guard let object = object(of: action) else { return false }
        let libraries = ["libswift", "libclang_rt", "libasan", "libtsan"]
        return object == own || libraries.contains { FilePath.name(object).hasPrefix($0) }
    }

    /// The file that an action's handler came from; nil for SIG_IGN, which somebody wants to mean nothing.
    private static func object(of action: sigaction) -> String? {
        address(of: action) > 1 ? LoadedObject.name(at: UnsafeRawPointer(bitPattern: address(of: action))) : nil
    }

    /// The handler's address; 0 for SIG_DFL, 1 for SIG_IGN.
    private static func address(of action: sigaction) -> UInt {
        unsafeBitCast(action.__sigaction_handler, to: UInt.self)
    }
}

/// What was there before, by the signal's number; see `crashNoteState`.
@exclusivity(unchecked) nonisolated(unsafe) private var replacedActions: UnsafeMutablePointer<sigaction>? = nil
