package import TauroBasics
package import TauroModel

/// Drives a machine with threads: whoever has news tells it under one lock, and takes the next step from there.
///
/// No thread stands between a node's end and the beginning of the next: the thread that ended the one has the machine
/// decide, and goes on with what it decides. Where there is a journal, no step begins before everything that led to it is
/// recorded; entries that come while others are being written go together with the next ones.
package final class RunDispatcher<Book: RunBook>: Sendable {
    /// Does a step on a thread of the run, and tells of its end through the reporter.
    package typealias Perform = @Sendable (Book.Step, StepReporter<Book>) -> Void

    private let state: Monitor<DispatchState<Book>>
    private let bell = Monitor(false)
    private let journal: (any RunJournal)?
    private let clock: any MonotonicClock
    private let perform: Perform

    /// Creates a dispatcher; `maxThreads` is at least 1.
    ///
    /// `stopNodes` is to tell all nodes to stop; it is called once where the journal can not be written.
    package init(
        machine: RunMachine,
        book: sending Book,
        journal: (any RunJournal)?,
        clock: any MonotonicClock,
        maxThreads: Int,
        stopNodes: @escaping @Sendable () -> Void = {},
        perform: @escaping Perform
    ) {
        state = Monitor(
            DispatchState(
                machine: machine,
                book: book,
                isJournaled: journal != nil,
                maxThreads: max(1, maxThreads),
                stopNodes: stopNodes
            )
        )
        self.journal = journal
        self.clock = clock
        self.perform = perform
    }

    /// Runs to the end, and says what the books say then and how long the host itself took, in nanoseconds.
    ///
    /// Blocks; call it once. Threads that nobody waits for any more may go on after it.
    ///
    /// - Throws: what the journal threw where it could not be written, or `SystemError` where there is no thread.
    package func run() throws -> (book: Book, machine: RunMachine, engineNanoseconds: Int64) {
        tell(.start)
        while let moment = state.withLock({ $0.nextMoment() }) {
            ring(at: moment)
            if state.withLock({ $0.isDue(at: clock.nanoseconds()) }) { tell(.tick) }
        }
        state.notifyAll()
        let threads = state.withLock { $0.takeThreads() }
        for thread in threads { thread.join() }
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            return (state.book, state.machine, state.engineNanoseconds)
        }
    }

    /// Tells of something that no thread of the run did.
    package func tell(_ event: RunMachine.Event) {
        let now = clock.nanoseconds()
        state.withLock { $0.take(event, at: now) }
        settle(isNodeThread: false)
    }

    /// Looks into the books, or changes them.
    package func withBook<Result>(_ body: (inout Book) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0.book) }
    }

    // MARK: - Threads of the run

    /// What a thread does from its start to its end.
    fileprivate func work(_ number: Int) {
        var end = clock.nanoseconds()
        while true {
            var waited: Int64 = 0
            guard let step = nextStep(number, &waited) else { return }
            let begin = clock.nanoseconds()
            let spent = begin - end - waited
            let reporter = StepReporter(dispatcher: self, thread: number, startedAt: begin, engineNanoseconds: spent)
            perform(step, reporter)
            end = reporter.endedAt
        }
    }

    /// The next step of a thread; waits for one, and says how long.
    ///
    /// Nil when there will be none for it.
    private func nextStep(_ number: Int, _ waited: inout Int64) -> Book.Step? {
        if let answer = state.withLock({ $0.nextStep(number) }) { return answer.step }
        let start = clock.nanoseconds()
        var isCounted = false
        let answer = state.awaitValue { state -> DispatchState<Book>.Answer? in
            let answer = state.nextStep(number)
            let isWaiting = answer == nil
            if isWaiting != isCounted { state.idle += isWaiting ? 1 : -1 }
            isCounted = isWaiting
            return answer
        }
        waited = clock.nanoseconds() - start
        return answer.step
    }

    /// Takes the news of a thread; `note` puts them into the books first.
    ///
    /// Nothing happens where nobody waits for the
    /// thread any more; false then.
    fileprivate func take(
        _ event: RunMachine.Event,
        from reporter: StepReporter<Book>,
        at now: Int64,
        _ note: (inout Book, inout [JournalEntry]) -> Void
    ) -> Bool {
        let isAwaited = state.withLock { state in
            if state.isDismissed(reporter.thread) { return false }
            state.lay(down: reporter.thread)
            state.engineNanoseconds += reporter.engineNanoseconds
            note(&state.book, &state.entries)
            state.take(event, at: now)
            return true
        }
        if isAwaited { settle(isNodeThread: true) }
        return isAwaited
    }

    /// Writes entries and waits until they are as durable as the journal promises; false where nobody waits for the thread
    /// any more, or the journal is broken: it must not go on then.
    fileprivate func record(_ entries: [JournalEntry], from thread: Int) -> Bool {
        guard journal != nil else { return true }
        let number: Int? = state.withLock { state in
            if state.isDismissed(thread) || state.failure != nil { return nil }
            state.entries += entries
            state.recorders += 1
            return state.entriesTaken + state.entries.count
        }
        guard let number else { return false }
        settle(isNodeThread: false)
        return state.awaitValue { state -> Bool? in
            guard state.failure != nil || state.entriesWritten >= number else { return nil }
            state.recorders -= 1
            return state.failure == nil
        }
    }

    // MARK: - After the news

    /// Writes what the journal has to remember, releases the steps that waited for it, and sees that somebody does them.
    private func settle(isNodeThread: Bool) {
        if let journal { write(to: journal) }
        let todo = state.withLock { $0.takeTodo(isNodeThread: isNodeThread) }
        for aside in todo.asides { aside() }
        for _ in 0..<todo.threads { startThread() }
        if todo.wakes > 0 { state.notifyAll() }
        if todo.rings { bell.withLockNotifyingOne { $0 = true } }
    }

    /// Writes until nothing is left, unless somebody else does.
    private func write(to journal: any RunJournal) {
        while let batch = state.withLock({ $0.takeBatch() }) {
            let result = Result { try journal.append(batch) }
            let areRecordersWaiting = state.withLock { state in
                state.written(batch.count, result)
                return state.recorders > 0
            }
            if areRecordersWaiting { state.notifyAll() }
        }
    }

    private func startThread() {
        let number = state.withLock { $0.newThreadNumber() }
        do throws(SystemError) {
            let thread = try WorkerThread(name: "tauro-node-\(number)") { self.work(number) }
            state.withLock { $0.started(thread, number) }
        } catch {
            state.withLock { $0.couldNotStart(error, number) }
            bell.withLockNotifyingOne { $0 = true }
        }
    }

    /// Waits until somebody rings, or the moment comes.
    private func ring(at moment: Int64) {
        let hasRung = { (isRung: inout Bool) -> Void? in
            defer { isRung = false }
            return isRung ? () : nil
        }
        if moment == .max { bell.awaitValue(hasRung) } else { _ = bell.awaitValue(until: moment, hasRung) }
    }
}

/// How a step on a thread of a run tells of its end.
package final class StepReporter<Book: RunBook>: @unchecked Sendable {
    // `endedAt` is written and read by the step's own thread alone; the rest never changes.
    private let dispatcher: RunDispatcher<Book>
    fileprivate let thread: Int
    /// When the step began, in nanoseconds of the run's steady clock.
    package let startedAt: Int64
    fileprivate let engineNanoseconds: Int64
    fileprivate private(set) var endedAt: Int64

    fileprivate init(dispatcher: RunDispatcher<Book>, thread: Int, startedAt: Int64, engineNanoseconds: Int64) {
        self.dispatcher = dispatcher
        self.thread = thread
        self.startedAt = startedAt
        self.engineNanoseconds = engineNanoseconds
        endedAt = startedAt
    }

    /// Tells what the step came to; `note` puts it into the books, with how long the step took in nanoseconds.
    ///
    /// To be called once, on the step's own thread. What comes from a thread that nobody waits for is dropped; false then.
    @discardableResult
    package func end(
        _ event: RunMachine.Event,
        _ note: (inout Book, inout [JournalEntry], Int64) -> Void
    ) -> Bool {
        endedAt = dispatcher.now()
        let spent = endedAt - startedAt
        return dispatcher.take(event, from: self, at: endedAt) { note(&$0, &$1, spent) }
    }

    /// Writes entries in the middle of the step; false where it must not go on.
    package func record(_ entries: [JournalEntry]) -> Bool { dispatcher.record(entries, from: thread) }
}

extension RunDispatcher {
    fileprivate func now() -> Int64 { clock.nanoseconds() }
}
