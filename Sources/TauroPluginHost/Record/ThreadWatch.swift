import Glibc

/// Watches the threads that call functions: for their end in the middle of a call, and that a stack that overflows
/// leaves room to say so.
///
/// Safe from any thread. Each thread has a note of its own, which goes with it.
struct ThreadWatch: Sendable {
    /// What a thread carries with it.
    private struct Note {
        /// The slot of the call it is in.
        var slot: UnsafeMutableRawPointer?
        /// Its alternate stack for signals, where it had none of its own.
        var stack: UnsafeMutableRawPointer?
    }

    /// Enough for the handler of this host and for Swift's or a sanitizer's after it.
    private static let stackSize = 64 << 10

    /// One for the process; nil where the system has no keys left.
    static let shared = ThreadWatch()

    private let key: pthread_key_t

    private init?() {
        var key = pthread_key_t()
        guard pthread_key_create(&key, { ThreadWatch.threadEnds($0) }) == 0 else { return nil }
        self.key = key
    }

    /// Notes that this thread is in a call from now on.
    func enter(_ slot: CallSlot) { note().pointee.slot = slot.address }

    /// Notes that this thread is out of its call.
    func leave() { note().pointee.slot = nil }

    /// This thread's note, made at its first call.
    private func note() -> UnsafeMutablePointer<Note> {
        if let known = pthread_getspecific(key) { return known.assumingMemoryBound(to: Note.self) }
        let note = UnsafeMutablePointer<Note>.allocate(capacity: 1)
        note.initialize(to: Note(slot: nil, stack: ThreadWatch.giveStack()))
        pthread_setspecific(key, note)
        return note
    }

    /// Gives this thread an alternate stack, so that a handler can run when its own overflows; nil if it has one.
    private static func giveStack() -> UnsafeMutableRawPointer? {
        var present = stack_t()
        guard sigaltstack(nil, &present) == 0, present.ss_flags & Int32(SS_DISABLE) != 0 else { return nil }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
        var wanted = stack_t()
        wanted.ss_sp = memory
        wanted.ss_size = stackSize
        guard sigaltstack(&wanted, nil) == 0 else {
            memory.deallocate()
            return nil
        }
        return memory
    }

    /// Runs at the end of a thread that has a note.
    private static func threadEnds(_ pointer: UnsafeMutableRawPointer?) {
        guard let note = pointer?.assumingMemoryBound(to: Note.self) else { return }
        // The thread was ended by the function it called: nobody would ever hear of that call again, and the run would
        // wait for it without end.
        if note.pointee.slot != nil, CrashNote.tell(RecordLayout.Cause.threadExit) { _exit(1) }
        if let stack = note.pointee.stack {
            var none = stack_t()
            none.ss_flags = Int32(SS_DISABLE)
            sigaltstack(&none, nil)
            stack.deallocate()
        }
        note.deinitialize(count: 1)
        note.deallocate()
    }
}
