import TauroBasics
import TauroModel

@testable import TauroExecution

/// A host that has a run in its hands: the real machine, books and state of a dispatcher, driven by events in virtual time.
///
/// It does what `RunDispatcher` and `PipelineRunner` do with threads and locks; here each thread is a number, and chance
/// says what happens first where either may.
final class SimulatedHost {
    typealias State = DispatchState<CheckedBook>

    /// How the host's part of the run ended.
    enum Outcome {
        case died
        /// The run could not go on.
        case broken(any Error)
        case ended(RunSummary)
    }

    /// Who settles what follows from news.
    enum Actor: Equatable {
        case main
        case other
        case node(Int)
        /// A thread in the middle of its step.
        case recorder(Int)
    }

    /// Something that comes to pass.
    enum Event {
        case threadBegins(Int)
        /// Whoever has started a thread comes to say so.
        case threadStarted(Int)
        case stepEnds(Int, serial: Int)
        case copyDue(Int)
        /// Entries are written; with the result where that came early.
        case written([JournalEntry], by: Actor, Result<Void, any Error>?)
        case tick(serial: Int)
        case stop
    }

    /// A step that a thread is at.
    struct Job {
        let step: PipelineBook.Step
        let attempt: NodeAttempt
        var fate = Fate.success
        /// Whether it does not hear that it is to stop.
        var isStubborn = false
        var hasHeard = false
        var serial = 0
        var copy: FileSeal?
    }

    let world: World
    let setting: HostSetting
    let runner: PipelineRunner
    let cancellation: CancellationToken
    var state: State
    var steps: StepChecks
    var events = EventQueue()
    var jobs: [Int: Job] = [:]
    private var idle: [Int] = []
    /// How many threads were started that have not begun.
    private var newcomers = 0
    /// Whether a thread could not be started, so that there are fewer than there may be.
    private var lacksThreads = false
    /// How many threads are busy with what follows from their news.
    private var settling = 0
    /// Threads that wait until so many entries are written.
    var recorders: [Int: Int] = [:]
    private var isMainBusy = false
    private var tickSerial = 0
    private var serial = 0
    private(set) var isOver = false
    private var isStopTold = false

    init(_ setting: HostSetting) throws {
        self.setting = setting
        world = setting.world
        let cancellation = CancellationToken()
        self.cancellation = cancellation
        let parts = try setting.parts(cancellation)
        runner = PipelineRunner(parts)
        var book = PipelineBook(parts)
        steps = StepChecks(setting.scenario, world)
        var entries: [JournalEntry] = []
        try book.restore(into: &entries)
        if !entries.isEmpty {
            try setting.journal.append(entries)
            setting.journal.acknowledge()
            steps.acknowledge(entries)
        }
        let restored = Set(setting.resumption.restored.keys)
        state = DispatchState(
            machine: runner.machine(seed: world.number()),
            book: CheckedBook(book: book, checks: ActionChecks(setting.scenario, world, restored: restored)),
            isJournaled: true,
            maxThreads: min(setting.scenario.maxWorkers, setting.scenario.nodes.count),
            stopNodes: { cancellation.cancel() }
        )
    }

    /// Plays until the run ends in this host's hands, the host dies, or an invariant does not hold.
    func play() -> Outcome {
        if let moment = setting.stopsAfter { events.add(.stop, at: world.now + moment, world) }
        isMainBusy = true
        tell(.start, .main)
        var count = 0
        while !isFinding, let event = events.next(world) {
            guard world.pass() else { return .died }
            handle(event)
            checkThreads()
            count += 1
            world.expect(count < 100_000, "the run goes on for ever")
        }
        if isFinding { return .died }
        world.expect(isOver, "the run came to a standstill: nothing happens any more, and it has not ended")
        if let failure = state.failure { return .broken(failure) }
        return end()
    }

    /// No step waits while a thread could take it.
    private func checkThreads() {
        if isFinding || state.failure != nil || lacksThreads || settling > 0 || newcomers > 0 { return }
        let working = jobs.keys.count { !state.isDismissed($0) }
        world.expect(
            state.ready.count == 0 || working >= setting.scenario.maxWorkers,
            "a step waits while only \(working) threads are at work, of \(setting.scenario.maxWorkers) allowed"
        )
    }

    private var isFinding: Bool { world.isDead || world.finding != nil }

    private func end() -> Outcome {
        let ended = (book: state.book.book, machine: state.machine, engineNanoseconds: state.engineNanoseconds)
        let clock = VirtualClock(world: world)
        let summary = runner.summarize(ended, clock.wallTime(), 0)
        let entries = [JournalEntry.runEnded(RunEnding(summary, at: clock.wallTime()))]
        do {
            try setting.journal.append(entries)
        } catch {
            return world.isDead ? .died : .broken(error)
        }
        setting.journal.acknowledge()
        return .ended(summary)
    }

    private func handle(_ event: Event) {
        world.tell("\(event.words)")
        switch event {
        case .threadBegins(let thread):
            newcomers -= 1
            takeStep(thread)
        case .threadStarted(let thread): state.started(SimulatedThread(), thread)
        case .stepEnds(let thread, let serial):
            if jobs[thread]?.serial == serial, let job = jobs.removeValue(forKey: thread) { endStep(job, thread) }
        case .copyDue(let thread): keepCopy(thread)
        case .written(let entries, let actor, let result): written(entries, actor, result)
        case .tick(let serial):
            guard serial == tickSerial, !isMainBusy, !isOver else { return }
            isMainBusy = true
            if state.isDue(at: world.now) { tell(.tick, .main) } else { lookAtClock() }
        case .stop:
            guard !isOver else { return }
            cancellation.cancel()
            hearStop()
        }
    }

    // MARK: - News

    /// Has the machine take an event, and sees to what follows.
    func tell(_ event: RunMachine.Event, _ actor: Actor) {
        take(event)
        settle(actor)
    }

    /// Has the machine take an event.
    func take(_ event: RunMachine.Event) {
        if state.failure == nil { state.book.checks.hear(event) }
        state.take(event, at: world.now)
        state.book.checks.settle()
        for thread in jobs.keys where state.isDismissed(thread) { steps.end(thread) }
    }

    /// Writes what there is to write; then whoever brought the news goes on.
    func settle(_ actor: Actor) {
        guard let batch = state.takeBatch() else { return goOn(actor) }
        // The bytes may be there long before the answer is, or only just.
        let early = world.chance(50) ? append(batch) : nil
        if world.isDead { return }
        if setting.acknowledgesTooEarly {
            state.written(batch.count, .success(()))
            return goOn(actor)
        }
        settling += 1
        events.add(.written(batch, by: actor, early), at: world.now + setting.writeDuration(), world)
    }

    private func append(_ batch: [JournalEntry]) -> Result<Void, any Error> {
        Result { try setting.journal.append(batch) }
    }

    private func written(_ batch: [JournalEntry], _ actor: Actor, _ early: Result<Void, any Error>?) {
        settling -= 1
        let result = early ?? append(batch)
        if world.isDead { return }
        if case .success = result {
            setting.journal.acknowledge()
            steps.acknowledge(batch)
        } else {
            steps.breakJournal()
        }
        state.written(batch.count, result)
        for thread in recorders.keys.sorted() where actor != .recorder(thread) { goOnIfRecorded(thread) }
        settle(actor)
    }

    private func goOn(_ actor: Actor) {
        // A thread of the run takes its next step under the lock that it told its news under.
        if case .node(let thread) = actor { takeStep(thread) }
        let todo = state.takeTodo()
        for aside in todo.asides { aside() }
        for _ in 0..<todo.threads { startThread() }
        if todo.wakes > 0 { wake() }
        if todo.rings, !isMainBusy { lookAtClock() }
        switch actor {
        case .main: lookAtClock()
        case .recorder(let thread): goOnIfRecorded(thread)
        case .node, .other: break
        }
        hearStop()
    }

    /// Tells the machine, and those whose nodes listen, that they are to stop.
    private func hearStop() {
        hearExpiries()
        guard cancellation.isCancelled, !isStopTold else { return }
        isStopTold = true
        tell(.stop, .other)
    }

    // MARK: - Threads

    private func startThread() {
        let thread = state.newThreadNumber()
        if world.below(1000) < setting.threadFailuresPerThousand {
            lacksThreads = true
            state.couldNotStart(SystemError(operation: "start", path: "a thread", code: 11), thread)
            if !isMainBusy { lookAtClock() }
        } else {
            newcomers += 1
            // It may do much before whoever started it is heard of again.
            let late = setting.isTroubled ? world.duration(0...2) : 0
            events.add(.threadStarted(thread), at: world.now + late, world)
            events.add(.threadBegins(thread), at: world.now + world.duration(0...1), world)
        }
    }

    /// A thread asks for its next step.
    func takeStep(_ thread: Int) {
        guard let answer = state.nextStep(thread, at: world.now) else {
            idle.append(thread)
            state.idle += 1
            return
        }
        begin(answer, thread)
    }

    private func begin(_ answer: State.Answer, _ thread: Int) {
        if let step = answer.step { begin(step, thread) }
        if answer.rings, !isMainBusy { lookAtClock() }
    }

    /// Wakes all threads that wait for a step.
    private func wake() {
        for thread in idle.shuffled(using: &world.random) {
            guard let answer = state.nextStep(thread, at: world.now) else { continue }
            idle.removeAll { $0 == thread }
            state.idle -= 1
            begin(answer, thread)
        }
    }

    /// The run's own thread looks when it has to look again.
    private func lookAtClock() {
        isMainBusy = false
        if isOver { return }
        guard let moment = state.nextMoment() else {
            isOver = true
            let working = jobs.keys.filter { !state.isDismissed($0) }
            world.expect(working.isEmpty, "the run ended while a node was under way")
            events.removeTicks()
            return wake()
        }
        tickSerial += 1
        if moment < .max {
            let late = world.chance(20) ? world.duration(0...50) : 0
            events.add(.tick(serial: tickSerial), at: max(world.now, moment) + late, world)
        }
    }

    /// A number that a job's end is known by: an earlier one does not hold any more.
    func nextSerial() -> Int {
        serial += 1
        return serial
    }
}

/// What looks like a thread to the dispatcher's state.
private struct SimulatedThread: RunThread {
    func join() {}
    func detach() {}
}
