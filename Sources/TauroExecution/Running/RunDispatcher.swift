import Synchronization
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
    /// How many entries are written; nil where no more will be.
    private let written = Monitor<Int?>(0)
    private let journal: (any RunJournal)?
    private let clock: any MonotonicClock
    private let perform: Perform
    /// How many steps there were to take when the lock was free last.
    private let readyCount = Atomic(0)
    private let looks: Int

    /// How often a thread tries to get the lock, and looks for a step, before it sleeps.
    ///
    /// With a journal a step waits for what another thread writes, which takes microseconds, as does taking the lock for
    /// what comes of it: less than to fall asleep and to be woken. Without one the work of a step's end is all there is, and
    /// goes best on one processor.
    private static func patience(isJournaled: Bool) -> (tries: Int, looks: Int) {
        isJournaled ? (1000, 10_000) : (0, 0)
    }

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
        let patience = Self.patience(isJournaled: journal != nil)
        looks = patience.looks
        state = Monitor(
            DispatchState(
                machine: machine,
                book: book,
                isJournaled: journal != nil,
                maxThreads: max(1, maxThreads),
                stopNodes: stopNodes
            ),
            tries: patience.tries
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
        settle { $0.take(event, at: now) }
    }

    // MARK: - Threads of the run

    /// What a thread does from its start to its end.
    fileprivate func work(_ number: Int) {
        let reporter = StepReporter(dispatcher: self, thread: number, at: clock.nanoseconds())
        while let step = nextStep(reporter) {
            reporter.begin(at: clock.nanoseconds())
            perform(step, reporter)
        }
    }

    /// The next step of a thread; waits for one.
    ///
    /// Nil when there will be none for it.
    private func nextStep(_ reporter: StepReporter<Book>) -> Book.Step? {
        if let answer = reporter.takeAnswer() { return answer.step }
        if !reporter.isIdle, let answer = state.withLock({ ask(&$0, reporter) }) { return begin(answer) }
        let start = clock.nanoseconds()
        lookOut()
        let answer = state.awaitValue { ask(&$0, reporter) }
        reporter.waited = clock.nanoseconds() - start
        return begin(answer)
    }

    /// Asks for the next step of a thread, which is idle where there is none.
    private func ask(_ state: inout DispatchState<Book>, _ reporter: StepReporter<Book>) -> DispatchState<Book>.Answer?
    {
        let answer = state.nextStep(reporter.thread, at: clock.nanoseconds())
        readyCount.store(state.ready.count, ordering: .relaxed)
        let isIdle = answer == nil
        if isIdle != reporter.isIdle { state.idle += isIdle ? 1 : -1 }
        reporter.isIdle = isIdle
        return answer
    }

    /// Looks out for a step for some microseconds.
    private func lookOut() {
        var left = looks
        while left > 0, readyCount.load(ordering: .relaxed) == 0 { left -= 1 }
    }

    /// The step, once the run's own thread knows when its time is over.
    private func begin(_ answer: DispatchState<Book>.Answer) -> Book.Step? {
        if answer.rings { bell.withLockNotifyingOne { $0 = true } }
        return answer.step
    }

    /// Takes the news of a thread, and its next step where there is one already; `note` puts the news into the books first.
    ///
    /// Nothing happens where nobody waits for the thread any more; false then.
    fileprivate func take(
        _ event: RunMachine.Event,
        from reporter: StepReporter<Book>,
        at now: Int64,
        _ note: (inout Book, inout [JournalEntry]) -> Void
    ) -> Bool {
        settle(for: reporter) { state in
            if state.isDismissed(reporter.thread) { return false }
            state.lay(down: reporter.thread)
            state.engineNanoseconds += reporter.engineNanoseconds
            note(&state.book, &state.entries)
            state.take(event, at: now)
            return true
        }
    }

    /// Writes entries and waits until they are as durable as the journal promises; false where nobody waits for the thread
    /// any more, or the journal is broken: it must not go on then.
    fileprivate func record(_ entries: [JournalEntry], from thread: Int) -> Bool {
        guard journal != nil else { return true }
        let number: Int? = settle { state in
            if state.isDismissed(thread) || state.failure != nil { return nil }
            state.entries += entries
            return state.entriesTaken + state.entries.count
        }
        guard let number else { return false }
        return written.awaitValue { written -> Bool? in
            guard let written else { return false }
            return written >= number ? true : nil
        }
    }

    // MARK: - After the news

    /// What follows from news, under the lock that they were told under.
    private struct Following {
        /// What the journal has to be given.
        let batch: [JournalEntry]?
        let todo: DispatchState<Book>.Todo
    }

    /// Tells news, writes what the journal has to remember of them, releases the steps that waited for it, and sees that
    /// somebody does them: the thread that has the reporter takes one of them itself.
    private func settle<Result>(
        for reporter: StepReporter<Book>? = nil,
        _ news: (inout DispatchState<Book>) -> Result
    ) -> Result {
        let (result, first) = state.withLock { state in
            let result = news(&state)
            return (result, follow(&state, reporter))
        }
        var following = first
        while true {
            carryOut(following.todo)
            guard let journal, let batch = following.batch else { return result }
            let outcome = Swift.Result { try journal.append(batch) }
            let reached: Int?
            (following, reached) = state.withLock { state in
                state.written(batch.count, outcome)
                return (follow(&state, reporter), state.failure == nil ? state.entriesWritten : nil)
            }
            tellWritten(reached)
        }
    }

    /// Tells those who wait for it how many entries are written; nil where no more will be.
    private func tellWritten(_ reached: Int?) {
        written.withLockNotifyingAll { written in
            // Whoever wrote more can have been faster.
            if let known = written { written = reached.map { max(known, $0) } }
        }
    }

    /// Whoever has entries to write takes its next step when they are written, and leaves steps to others till then.
    private func follow(_ state: inout DispatchState<Book>, _ reporter: StepReporter<Book>?) -> Following {
        let batch = state.takeBatch()
        if batch == nil, let reporter { reporter.answer = ask(&state, reporter) }
        let todo = state.takeTodo()
        readyCount.store(state.ready.count, ordering: .relaxed)
        return Following(batch: batch, todo: todo)
    }

    private func carryOut(_ todo: DispatchState<Book>.Todo) {
        for aside in todo.asides { aside() }
        for _ in 0..<todo.threads { startThread() }
        if todo.wakes > 0 { state.notify(todo.wakes) }
        if todo.rings { bell.withLockNotifyingOne { $0 = true } }
    }

    private func startThread() {
        let number = state.withLock { $0.newThreadNumber() }
        do throws(SystemError) {
            let thread = try WorkerThread(name: "tauro-node-\(number)") { self.work(number) }
            state.withLock { $0.started(thread, number) }
        } catch {
            let isOver = state.withLock { state in
                state.couldNotStart(error, number)
                return state.failure != nil
            }
            if isOver { tellWritten(nil) }
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
    // One for each thread of the run, and used by that thread alone.
    private let dispatcher: RunDispatcher<Book>
    fileprivate let thread: Int
    /// When the step began, in nanoseconds of the run's steady clock.
    package private(set) var startedAt: Int64
    private var endedAt: Int64
    /// How long the host took between the step before and this one.
    fileprivate private(set) var engineNanoseconds: Int64 = 0
    /// How much of that the thread waited for a step.
    fileprivate var waited: Int64 = 0
    /// Whether the thread is counted among those that wait for a step.
    fileprivate var isIdle = false
    /// What comes after this step, where that was decided when its end was told.
    fileprivate var answer: DispatchState<Book>.Answer?

    fileprivate init(dispatcher: RunDispatcher<Book>, thread: Int, at now: Int64) {
        self.dispatcher = dispatcher
        self.thread = thread
        startedAt = now
        endedAt = now
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

    fileprivate func begin(at now: Int64) {
        engineNanoseconds = now - endedAt - waited
        waited = 0
        startedAt = now
        endedAt = now
    }

    fileprivate func takeAnswer() -> DispatchState<Book>.Answer? {
        defer { answer = nil }
        return answer
    }
}

extension RunDispatcher {
    fileprivate func now() -> Int64 { clock.nanoseconds() }
}
