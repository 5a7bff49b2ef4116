import TauroBasics
import TauroModel

/// What a dispatcher guards with its lock.
struct DispatchState<Book: RunBook>: Sendable {
    /// The next step of a thread; nil where there will be none for it.
    struct Answer {
        let step: Book.Step?
        /// Whether the run's own thread has to look again, because the step has a limit.
        var rings = false
    }

    /// What is to be done when the lock is free again.
    struct Todo {
        var asides: [@Sendable () -> Void] = []
        /// How many threads to start.
        var threads = 0
        /// How many threads to wake.
        var wakes = 0
        /// Whether the run's own thread has to look again.
        var rings = false
    }

    private(set) var machine: RunMachine
    var book: Book
    private let isJournaled: Bool
    private let maxThreads: Int
    /// Tells all nodes to stop, where the run can not go on.
    private let stopNodes: @Sendable () -> Void

    /// Steps that threads may take.
    private(set) var ready = StepQueue<Step>()
    /// Steps that wait until the entries before them are written.
    private var waiting: [Step] = []
    /// What the journal has to remember, and has not been given.
    var entries: [JournalEntry] = []
    private(set) var entriesTaken = 0
    private(set) var entriesWritten = 0
    private var isWriting = false
    /// How many of the waiting steps the entries that are being written lead to.
    private var released = 0
    private var asides: [@Sendable () -> Void] = []
    private var actions: [RunMachine.Action] = []

    private var threads: [Int: any RunThread] = [:]
    /// What the threads are at, by their numbers; nil for nothing.
    private var holding: [Work?] = []
    /// Numbers of threads that are to be started.
    private var newNumbers: [Int] = []
    /// Threads that have not asked for their first step yet.
    private var newcomers: Set<Int> = []
    /// How many threads there are, newcomers included, of those that somebody waits for.
    private var threadCount = 0
    private var dismissed: Set<Int> = []
    private var areThreadsTaken = false
    /// How many threads wait for a step.
    var idle = 0
    private var armedMoment = Int64.max
    private var isFinished = false
    private(set) var failure: (any Error)?
    var engineNanoseconds: Int64 = 0

    /// An attempt that a thread is at.
    struct Work: Equatable {
        let node: Int
        let attempt: Int
    }

    struct Step: Sendable {
        let work: Work
        let step: Book.Step
    }

    init(
        machine: RunMachine,
        book: Book,
        isJournaled: Bool,
        maxThreads: Int,
        stopNodes: @escaping @Sendable () -> Void
    ) {
        self.stopNodes = stopNodes
        self.machine = machine
        self.book = book
        self.isJournaled = isJournaled
        self.maxThreads = maxThreads
    }

    // MARK: - News

    /// Has the machine decide, and books what it decides.
    mutating func take(_ event: RunMachine.Event, at now: Int64) {
        if failure != nil { return takeAfterFailure(event, at: now) }
        var first = 0
        machine.handle(event, at: now, into: &actions)
        while first < actions.count {
            let action = actions[first]
            first += 1
            switch book.note(action, into: &entries) {
            case .noted: break
            case .step(let step): add(step, for: action)
            case .happened(let event): machine.handle(event, at: now, into: &actions)
            case .aside(let aside): asides.append(aside)
            }
            if case .abandon(let node, let attempt) = action { dismiss(Work(node: node, attempt: attempt)) }
            if case .finish = action { isFinished = true }
        }
        actions.removeAll(keepingCapacity: true)
        if !isJournaled { entries.removeAll(keepingCapacity: true) }
    }

    /// After a failure nothing is begun and nothing is remembered any more, but what takes too long is still told to stop,
    /// and then left behind.
    private mutating func takeAfterFailure(_ event: RunMachine.Event, at now: Int64) {
        machine.handle(event, at: now, into: &actions)
        for action in actions {
            switch action {
            case .expire: if case .aside(let aside) = book.note(action, into: &entries) { asides.append(aside) }
            case .abandon(let node, let attempt): dismiss(Work(node: node, attempt: attempt))
            default: break
            }
        }
        actions.removeAll(keepingCapacity: true)
        endIfIdle()
    }

    /// A run that can not go on ends when its threads have.
    private mutating func endIfIdle() {
        if holding.allSatisfy({ $0 == nil }) { isFinished = true }
    }

    private mutating func add(_ step: Book.Step, for action: RunMachine.Action) {
        let work: Work
        switch action {
        case .run(let node, let attempt), .store(let node, let attempt): work = Work(node: node, attempt: attempt)
        default: preconditionFailure("only attempts have steps")
        }
        let step = Step(work: work, step: step)
        if isJournaled { waiting.append(step) } else { ready.push(step) }
    }

    /// Lets the thread that is at this go; another takes its place.
    private mutating func dismiss(_ work: Work) {
        guard let number = holding.firstIndex(of: work) else { return }
        holding[number] = nil
        dismissed.insert(number)
        threadCount -= 1
        threads.removeValue(forKey: number)?.detach()
    }

    // MARK: - Journal

    /// What is to be written now; nil where there is nothing, or somebody else writes.
    mutating func takeBatch() -> [JournalEntry]? {
        guard isJournaled, !isWriting, !entries.isEmpty, failure == nil else { return nil }
        isWriting = true
        entriesTaken += entries.count
        released = waiting.count
        defer { entries = [] }
        return entries
    }

    mutating func written(_ count: Int, _ result: Result<Void, any Error>) {
        isWriting = false
        switch result {
        case .success:
            entriesWritten += count
            for step in waiting.prefix(released) { ready.push(step) }
            waiting.removeFirst(released)
        case .failure(let error): fail(error)
        }
    }

    /// The run can not go on.
    private mutating func fail(_ error: any Error) {
        if failure == nil { failure = error }
        waiting = []
        ready = StepQueue()
        asides.append(stopNodes)
        endIfIdle()
    }

    // MARK: - Threads

    /// What is to be done when the lock is free.
    mutating func takeTodo() -> Todo {
        releaseUnrecorded()
        var todo = Todo()
        if !asides.isEmpty { swap(&todo.asides, &asides) }
        todo.wakes = isOver ? idle : min(idle, ready.count)
        todo.threads = max(0, min(ready.count - idle - newcomers.count, maxThreads - threadCount))
        threadCount += todo.threads
        for _ in 0..<todo.threads {
            newNumbers.append(holding.count)
            newcomers.insert(holding.count)
            holding.append(nil)
        }
        todo.rings = isOver || isArmedTooLate
        return todo
    }

    /// Steps without an entry before them wait for nobody.
    private mutating func releaseUnrecorded() {
        guard !waiting.isEmpty, !isWriting, entries.isEmpty else { return }
        for step in waiting { ready.push(step) }
        waiting.removeAll(keepingCapacity: true)
    }

    mutating func newThreadNumber() -> Int { newNumbers.removeFirst() }

    /// A thread was started; it may have done steps already.
    mutating func started(_ thread: any RunThread, _ number: Int) {
        if areThreadsTaken || dismissed.contains(number) { return thread.detach() }
        threads[number] = thread
    }

    mutating func couldNotStart(_ error: SystemError, _ number: Int) {
        newcomers.remove(number)
        threadCount -= 1
        // Fewer threads do the same work, if there is one.
        if threadCount == 0 { fail(error) }
    }

    /// The threads that are still waited for.
    mutating func takeThreads() -> [any RunThread] {
        areThreadsTaken = true
        defer { threads = [:] }
        return Array(threads.values)
    }

    /// Whether nobody waits for a thread any more.
    func isDismissed(_ number: Int) -> Bool { !dismissed.isEmpty && dismissed.contains(number) }

    /// Notes that a thread is at nothing.
    mutating func lay(down number: Int) { holding[number] = nil }

    /// The next step of a thread, or that there will be none; nil while there is none yet.
    mutating func nextStep(_ number: Int, at now: @autoclosure () -> Int64) -> Answer? {
        if !newcomers.isEmpty { newcomers.remove(number) }
        if isDismissed(number) { return Answer(step: nil) }
        releaseUnrecorded()
        guard let step = ready.pop() else { return isOver ? Answer(step: nil) : nil }
        holding[number] = step.work
        guard machine.waitsForBegin(step.work.node) else { return Answer(step: step.step) }
        take(.begun(step.work.node), at: now())
        return Answer(step: step.step, rings: isArmedTooLate)
    }

    // MARK: - The run's own thread

    /// When the run's own thread has to look again; nil when all is over.
    mutating func nextMoment() -> Int64? {
        if isOver { return nil }
        armedMoment = machine.nextMoment ?? .max
        return armedMoment
    }

    func isDue(at now: Int64) -> Bool { (machine.nextMoment ?? .max) <= now }

    /// Whether the run's own thread waits beyond the next moment.
    private var isArmedTooLate: Bool { (machine.nextMoment ?? .max) < armedMoment }

    private var isOver: Bool {
        isFinished && !isWriting && (entries.isEmpty || failure != nil)
    }
}

/// Steps in the order they were added.
struct StepQueue<Step: Sendable>: Sendable {
    private var steps: [Step?] = []
    private var head = 0

    var count: Int { steps.count - head }

    mutating func push(_ step: Step) { steps.append(step) }

    mutating func pop() -> Step? {
        guard head < steps.count else { return nil }
        // The last one leaves an empty queue behind; so do most in a chain.
        if head == 0 && steps.count == 1 { return steps.removeLast() }
        defer {
            steps[head] = nil
            head += 1
            shrink()
        }
        return steps[head]
    }

    /// Moving what is left costs its length, so as many must have gone before.
    private mutating func shrink() {
        if head == steps.count {
            steps.removeAll(keepingCapacity: true)
        } else if head >= 1024 && head >= steps.count / 2 {
            steps.removeFirst(head)
        } else {
            return
        }
        head = 0
    }
}
