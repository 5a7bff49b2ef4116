import Glibc

/// Says on stderr, and in the record, that this process dies inside a call of a function.
///
/// For one run at a time. What runs in a signal handler here touches nothing but memory made ready before: no
/// allocation, no lock, no reference count, no global that is made ready at its first use, no loop over a `Range`.
enum CrashNote {
    /// What the handlers need; made once, never freed, since a handler may come at any time.
    struct State {
        /// The record of the run that is told of; nil between runs.
        var record: UnsafeMutableRawPointer?
        var slotCount = 0
        /// Room for a line of each slot and of a thread without one.
        var lines: UnsafeMutablePointer<UInt8>?
        /// Whether the line was written: what follows the first fault comes of it.
        var hasSpoken = false
        /// Whether a progress bar may stand in the line.
        var isTerminal = false
    }

    /// The signals that a fault of a function ends in.
    static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS]

    /// Makes the process tell of crashes in this run, unless it does so for another already.
    static func begin(_ record: CallRecord) {
        let state = prepared
        guard state.pointee.record == nil else { return }
        state.pointee.lines?.deallocate()
        state.pointee.lines = .allocate(capacity: (record.slotCount + 1) * CrashLine.capacity)
        state.pointee.slotCount = record.slotCount
        state.pointee.isTerminal = isatty(STDERR_FILENO) == 1
        state.pointee.record = record.memory
        for signal in signals { CrashSignals.take(signal) }
    }

    /// Ends what `begin` began; the handlers stay and hand on.
    static func end(_ record: CallRecord) {
        guard let state = crashNoteState, state.pointee.record == record.memory else { return }
        state.pointee.record = nil
    }

    /// Notes that the process is ended on purpose now: what is under way is nobody's fault.
    static func endOnPurpose() {
        guard let state = crashNoteState, let record = state.pointee.record else { return }
        record.storeBytes(of: 1, toByteOffset: RecordLayout.Header.wasEnded, as: UInt32.self)
        state.pointee.record = nil
    }

    /// Notes the cause and writes the line; false where no call is under way.
    ///
    /// Safe in a signal handler.
    static func tell(_ cause: Int32) -> Bool {
        guard let state = crashNoteState, let record = state.pointee.record else { return false }
        let count = state.pointee.slotCount
        let own = ownSlot(record, count)
        let index = own < count ? own : firstCall(record, count, from: 0)
        guard index < count else { return false }
        let place = own < count ? slot(record, own) + RecordLayout.Slot.cause : record + RecordLayout.Header.cause
        let noted = place.assumingMemoryBound(to: Int32.self)
        if noted.pointee == RecordLayout.Cause.none { noted.pointee = cause }
        if state.pointee.hasSpoken { return true }
        state.pointee.hasSpoken = true
        guard let lines = state.pointee.lines else { return true }
        var line = CrashLine(lines + own * CrashLine.capacity)
        if state.pointee.isTerminal { line.append("\n") }
        line.append("tauro-host: ")
        line.append(words(cause))
        line.append(own < count ? " inside node " : " on a thread of its own while this ran: node ")
        line.appendCall(slot(record, index))
        appendOthers(&line, record, count, after: own < count ? count : index)
        line.beginEnd()
        line.append("; the run ")
        line.append(record, RecordLayout.Header.run)
        line.append(" died here. Run it again with --resume ")
        line.append(record, RecordLayout.Header.run)
        line.append(" to run this node in a worker process.\n")
        line.write()
        return true
    }

    private static var prepared: UnsafeMutablePointer<State> {
        if let state = crashNoteState { return state }
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State())
        CrashSignals.prepare()
        crashNoteState = state
        // A function that calls exit ends the process with its own status, which would be 0 for a run that is not done.
        atexit { if CrashNote.tell(RecordLayout.Cause.exit) { _exit(1) } }
        return state
    }
}

// Part of the signal handlers' path.
extension CrashNote {
    private static func slot(_ record: UnsafeMutableRawPointer, _ index: Int) -> UnsafeMutableRawPointer {
        record + RecordLayout.headerSize + index * RecordLayout.slotSize
    }

    private static func isCall(_ slot: UnsafeMutableRawPointer) -> Bool {
        let state = (slot + RecordLayout.Slot.state).assumingMemoryBound(to: UInt32.self).pointee
        return state == RecordLayout.State.inCall || state == RecordLayout.State.waiting
    }

    /// The slot of this thread's call; `count` without one.
    private static func ownSlot(_ record: UnsafeMutableRawPointer, _ count: Int) -> Int {
        let thread = UInt64(pthread_self())
        var index = 0
        while index < count {
            let slot = slot(record, index)
            let owner = (slot + RecordLayout.Slot.thread).assumingMemoryBound(to: UInt64.self).pointee
            if owner == thread && isCall(slot) { return index }
            index += 1
        }
        return count
    }

    /// The first slot from `start` on that has a call; `count` if none has.
    private static func firstCall(_ record: UnsafeMutableRawPointer, _ count: Int, from start: Int) -> Int {
        var index = start
        while index < count && !isCall(slot(record, index)) { index += 1 }
        return index
    }

    private static func appendOthers(
        _ line: inout CrashLine,
        _ record: UnsafeMutableRawPointer,
        _ count: Int,
        after first: Int
    ) {
        var index = firstCall(record, count, from: first + 1)
        while index < count {
            line.append(", node ")
            line.appendCall(slot(record, index))
            index = firstCall(record, count, from: index + 1)
        }
    }

    private static func words(_ cause: Int32) -> StaticString {
        switch cause {
        case SIGSEGV: "SIGSEGV"
        case SIGBUS: "SIGBUS"
        case SIGILL: "SIGILL"
        case SIGFPE: "SIGFPE"
        case SIGABRT: "SIGABRT"
        case SIGTRAP: "SIGTRAP"
        case SIGSYS: "SIGSYS"
        case RecordLayout.Cause.exit: "the process was told to exit"
        default: "a thread of the host was ended"
        }
    }
}

/// The state that a signal handler finds.
///
/// A stored global that begins as nil needs no making ready, and without the check of exclusive access reading it is
/// one load. Written while no call runs.
@exclusivity(unchecked) nonisolated(unsafe) private(set) var crashNoteState: UnsafeMutablePointer<CrashNote.State>? =
    nil
