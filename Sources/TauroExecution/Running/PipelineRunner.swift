import TauroBasics
package import TauroModel

/// Runs a plan on threads of its own, and keeps state, journal, results and watchers up to date.
///
/// All decisions are the machine's; the dispatcher sees that they are carried out.
package final class PipelineRunner: Sendable {
    /// What a run is made of.
    package struct Parts: Sendable {
        package let run: AttemptExecutor.Run
        package let executor: AttemptExecutor
        package let events: RunEventBus
        package let clock: RunClock
        package let maxWorkers: Int
        /// How much memory frames may hold, and where they go beyond that; nil keeps all of them in memory.
        package var memory: FrameMemory?
        /// How many bytes of memory nodes that state theirs may take together; nil for no limit.
        package var nodeMemory: Int64?
        /// Where the run remembers what it did; nil for nowhere, so that it can not be resumed.
        package var journal: (any RunJournal)?
        /// What it takes over from an earlier host.
        package var resumption = Resumption()
        /// What was found about the plan, for those who watch.
        package var warnings: [Diagnostic] = []
        /// What the longest chains from each node to an end cost, by place, where that was measured.
        package var pathCosts: [Int64]?

        package init(
            run: AttemptExecutor.Run,
            executor: AttemptExecutor,
            events: RunEventBus,
            clock: RunClock,
            maxWorkers: Int
        ) {
            self.run = run
            self.executor = executor
            self.events = events
            self.clock = clock
            self.maxWorkers = max(1, maxWorkers)
        }
    }

    private let parts: Parts

    /// Creates a runner.
    package init(_ parts: Parts) { self.parts = parts }

    /// Runs the plan to its end and says what became of it.
    ///
    /// Call it once; blocks.
    ///
    /// - Throws: `ResourceError` where the journal can not be written, `SystemError` where there is no thread to run on.
    package func execute() throws -> RunSummary {
        let (run, clock) = (parts.run, parts.clock)
        let startedAt = clock.wall.wallTime()
        let start = clock.monotonic.nanoseconds()
        var book = PipelineBook(parts)
        parts.events.publish(
            .runStarted(
                pipeline: run.plan.pipeline.name,
                nodes: run.plan.nodes.map(\.name),
                maxWorkers: parts.maxWorkers
            )
        )
        for finding in parts.warnings { parts.events.publish(.warned(finding)) }
        var entries: [JournalEntry] = []
        try book.restore(into: &entries)
        if !entries.isEmpty { try parts.journal?.append(entries) }
        let ended = try dispatch(book)
        let seconds = Double(clock.monotonic.nanoseconds() - start) * 1e-9
        let summary = summarize(ended, startedAt, seconds)
        try parts.journal?.append([.runEnded(RunEnding(summary, at: clock.wall.wallTime()))])
        parts.events.publish(.runFinished(summary))
        return summary
    }

    typealias Ended = (book: PipelineBook, machine: RunMachine, engineNanoseconds: Int64)

    private func dispatch(_ book: PipelineBook) throws -> Ended {
        let run = parts.run
        let dispatcher = RunDispatcher(
            machine: machine(seed: .random(in: .min ... .max)),
            book: book,
            journal: parts.journal,
            clock: parts.clock.monotonic,
            maxThreads: min(parts.maxWorkers, run.plan.nodes.count),
            stopNodes: { run.cancellation.cancel() },
            perform: { [self] step, reporter in perform(step, reporter) }
        )
        return try run.cancellation.withHandler {
            dispatcher.tell(.stop)
        } _: {
            try dispatcher.run()
        }
    }

    /// The machine that decides about the run; `seed` is where the jitter of retries comes from.
    func machine(seed: UInt64) -> RunMachine {
        let plan = parts.run.plan
        let pools = plan.pools.keys.sorted()
        let places = Dictionary(uniqueKeysWithValues: pools.enumerated().map { ($0.element, Int32($0.offset)) })
        let scheduler = Scheduler(
            graph: ScheduleGraph(plan: plan, poolPlaces: places, pathCosts: parts.pathCosts),
            maxWorkers: parts.maxWorkers,
            poolLimits: pools.map { max(1, plan.pools[$0] ?? 1) },
            memory: parts.nodeMemory
        )
        var machine = RunMachine(scheduler: scheduler, rules: RecoveryRules(plan: plan), seed: seed)
        for place in parts.resumption.restored.keys.sorted() { machine.restore(place) }
        return machine
    }

    // MARK: - Steps

    private func perform(_ step: PipelineBook.Step, _ reporter: StepReporter<PipelineBook>) {
        switch step {
        case .compute(let attempt): compute(attempt, reporter)
        case .store(let attempt, let result, let keepsCopy):
            store(attempt, result, keepsCopy: keepsCopy, reporter)
        }
    }

    private func compute(_ attempt: NodeAttempt, _ reporter: StepReporter<PipelineBook>) {
        let (place, name, number) = (attempt.index, attempt.node.name, attempt.number)
        let events = parts.events
        let outcome = attempt.compute { report in
            attempt.note(report)
            events.publish(.nodeReported(node: name, attempt: number, report))
        } checked: { result in
            attempt.note(result)
            events.publish(.nodeChecked(node: name, result))
        }
        switch outcome {
        case .success(let result):
            reporter.end(.computed(place)) { book, _, spent in book.computed(place, result, spent: spent) }
        case .failure(let error): fail(place, error, reporter)
        }
    }

    private func store(
        _ attempt: NodeAttempt,
        _ result: HeldResult?,
        keepsCopy: Bool,
        _ reporter: StepReporter<PipelineBook>
    ) {
        let place = attempt.index
        do {
            let copy = keepsCopy ? try keepCopy(attempt, result, reporter) : nil
            let outputs = try attempt.store(result).get()
            reporter.end(.completed(place)) { book, entries, spent in
                book.completed(place, outputs, copy: copy, spent: spent, &entries)
            }
        } catch {
            fail(place, error, reporter)
        }
    }

    /// Copies a result that its outputs will not give back, and remembers that, before the first of them takes its place.
    private func keepCopy(
        _ attempt: NodeAttempt,
        _ result: HeldResult?,
        _ reporter: StepReporter<PipelineBook>
    ) throws -> FileSeal? {
        guard let result else { return nil }
        let (node, run) = (attempt.node, parts.run)
        let copy = try parts.executor.describing("keep a copy of the result", node) {
            try parts.executor.copies.keeper?.keep(result.dataset, of: node.name, cancellation: run.cancellation)
        }
        let now = parts.clock.wall.wallTime()
        let rows = result.dataset.rowCount
        guard reporter.record([.nodeComputed(node: node.name, rows: rows, copy: copy, at: now)]) else {
            throw NodeFailure(.cancelled, "the run can not go on")
        }
        return copy
    }

    private func fail(_ place: Int, _ error: any Error, _ reporter: StepReporter<PipelineBook>) {
        reporter.end(.failed(place, FailureKind(error))) { book, _, spent in book.failed(place, error, spent: spent) }
    }

    // MARK: - Summary

    func summarize(_ ended: Ended, _ startedAt: Timestamp, _ seconds: Double) -> RunSummary {
        let (run, book) = (parts.run, ended.book)
        let nodes = book.state.snapshot()
        let breaker = ended.machine.worstBreaker
        return RunSummary(
            runID: run.id,
            pipeline: run.plan.pipeline.name,
            kind: run.plan.pipeline.kind,
            status: status(of: nodes, wasStopped: ended.machine.wasStopped),
            engine: run.engine,
            dates: run.plan.dates,
            startedAt: startedAt.description,
            finishedAt: parts.clock.wall.wallTime().description,
            durationSeconds: seconds,
            maxWorkers: parts.maxWorkers,
            peakFrameBytes: Int64(book.ledger.peak),
            spooledFrameBytes: book.ledger.spooled,
            engineSeconds: Double(ended.engineNanoseconds) * 1e-9,
            abandonedThreads: book.abandonedThreads,
            circuitBreaker: breaker.map {
                BreakerSummary(resource: $0.resource, state: $0.state, failures: $0.failures)
            },
            nodes: nodes
        )
    }

    private func status(of nodes: [NodeSummary], wasStopped: Bool) -> RunSummary.Status {
        if nodes.allSatisfy({ $0.status == .completed }) { return .completed }
        // A node may have come to its end by the word before the machine had heard it.
        let endedByTheWord = parts.run.cancellation.isCancelled && !nodes.contains { $0.status == .failed }
        return wasStopped || endedByTheWord ? .cancelled : .failed
    }
}

extension RunEnding {
    /// What a journal remembers of a summary.
    init(_ summary: RunSummary, at now: Timestamp) {
        self.init(
            status: summary.status,
            at: now,
            seconds: summary.durationSeconds,
            engineSeconds: summary.engineSeconds,
            peakFrameBytes: summary.peakFrameBytes,
            spooledFrameBytes: summary.spooledFrameBytes
        )
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
