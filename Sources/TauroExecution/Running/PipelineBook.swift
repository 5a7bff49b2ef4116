import TauroBasics
import TauroModel

/// The books of a pipeline's run: where every node stands, what it returned, and why it ended as it did.
struct PipelineBook: RunBook {
    /// What a thread is to do.
    enum Step: Sendable {
        case compute(NodeAttempt)
        /// `keepsCopy` says whether a copy of the result has to be kept first.
        case store(NodeAttempt, HeldResult?, keepsCopy: Bool)
    }

    let run: AttemptExecutor.Run
    let executor: AttemptExecutor
    let events: RunEventBus
    private let clock: RunClock
    let state = UnifiedPipelineState()
    let ledger: FrameLedger
    private let spoolDirectory: String?
    private let restored: [Int: RestoredNode]
    private let generations: [Int: Int]

    private var results: ResultStore
    /// What nodes returned that have not stored it yet.
    private var unstored: [Int: HeldResult] = [:]
    /// The attempts that are under way.
    private var attempts: [Int: NodeAttempt] = [:]
    private var rows: [Int: Int64] = [:]
    /// How long the attempts that are under way have taken, in nanoseconds.
    private var spent: [Int: Int64] = [:]
    /// The errors of attempts that failed and of which nothing has been said yet.
    private var errors: [Int: any Error] = [:]
    /// Nodes that their breakers held back.
    private var heldBack: Set<Int> = []
    private(set) var abandonedThreads = 0

    init(_ parts: PipelineRunner.Parts) throws {
        run = parts.run
        executor = parts.executor
        events = parts.events
        clock = parts.clock
        ledger = FrameLedger(limit: parts.memory?.limit)
        spoolDirectory = parts.memory?.directory
        restored = parts.resumption.restored
        generations = parts.resumption.generations
        results = ResultStore(plan: run.plan)
        let nodes = run.plan.nodes
        for node in nodes {
            try state.registerNodeWithDependencies(node.name, node.dependencies.map { nodes[$0].name })
        }
    }

    // MARK: - Restored nodes

    /// Takes over what an earlier host completed.
    mutating func restore(into entries: inout [JournalEntry]) {
        for (place, node) in restored.sorted(by: { $0.key < $1.key }) {
            results.finishedReading(run.plan.nodes[place], at: place)
            if let result = node.result { results.keep(ledger.hold(result), of: place) }
            let summary = update(place) { summary in
                try summary.move(to: .completed)
                summary.take(node.completion)
                summary.reason = "restored from \(run.id)"
            }
            entries.append(.nodeRestored(node: summary.name, at: clock.wall.wallTime()))
            events.publish(.nodeFinished(summary))
        }
    }

    // MARK: - Actions

    mutating func note(_ action: RunMachine.Action, into entries: inout [JournalEntry]) -> BookedAction<Step> {
        switch action {
        case .run(let node, let attempt): return .step(.compute(begin(node, attempt, &entries)))
        case .store(let node, let attempt): return store(node, attempt, &entries)
        case .retry(let node, let attempt, let moment): retry(node, attempt, moment, &entries)
        case .fail(let node, let attempt): fail(node, attempt, &entries)
        case .cancel(let node, let reason): cancel(node, reason, &entries)
        case .expire(let node, _):
            if let control = attempts[node]?.control { return .aside { control.expire() } }
        case .abandon(let node, _):
            abandonedThreads += 1
            spent[node] = elapsed(node)
            errors[node] = attempts[node]?.expiry(abandoned: true)
        case .breaker(let change): note(change, &entries)
        case .finish: break
        }
        return .noted
    }

    private mutating func begin(_ place: Int, _ number: Int, _ entries: inout [JournalEntry]) -> NodeAttempt {
        let node = run.plan.nodes[place]
        let limit = node.execution.isolation == .inProcess ? node.execution.timeout : nil
        let attempt = NodeAttempt(
            index: place,
            node: node,
            number: number,
            generation: generations[place] ?? 1,
            run: run,
            executor: executor,
            inputs: AttemptInputs(results.results(for: node)),
            ledger: ledger,
            spool: spoolDirectory.map { FrameSpool(ledger: ledger, directory: $0) },
            control: limit.map { _ in AttemptControl() },
            metrics: NodeMetrics(),
            checks: NodeChecks()
        )
        attempts[place] = attempt
        start(place, number, attempt.generation, &entries)
        return attempt
    }

    private mutating func start(_ place: Int, _ number: Int, _ generation: Int, _ entries: inout [JournalEntry]) {
        let now = clock.wall.wallTime()
        spent[place] = 0
        let summary = update(place) { summary in
            try summary.move(to: .running)
            summary.attempts = number
            summary.start = now
        }
        entries.append(.nodeStarted(node: summary.name, attempt: number, generation: generation, at: now))
        events.publish(.nodeStarted(node: summary.name, attempt: number))
    }

    private mutating func store(
        _ place: Int,
        _ number: Int,
        _ entries: inout [JournalEntry]
    ) -> BookedAction<Step> {
        guard let attempt = attempts[place] else { preconditionFailure("what was not computed can not be stored") }
        if attempt.number != number {
            // The function is not called again: its result is there, and others have read it.
            attempts[place] = attempt.again(number)
            start(place, number, attempt.generation, &entries)
        }
        let keepsCopy = keepsCopy(of: place)
        if attempt.node.outputs.isEmpty && !keepsCopy {
            completed(place, [], copy: nil, spent: 0, &entries)
            return .happened(.completed(place))
        }
        return .step(.store(attempts[place] ?? attempt, unstored[place], keepsCopy: keepsCopy))
    }

    private mutating func retry(_ place: Int, _ attempt: Int, _ moment: Int64, _ entries: inout [JournalEntry]) {
        let error = takeError(place)
        let now = clock.wall.wallTime()
        let delay = max(0, Double(moment - clock.monotonic.nanoseconds()) * 1e-9)
        let next = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + Int64(delay * 1000))
        let summary = update(place) { summary in
            try summary.move(to: .retrying)
            summary.error = error
        }
        entries.append(
            .nodeRetrying(node: summary.name, attempt: attempt, RunError(error), nextAt: next, at: now)
        )
        events.publish(.nodeRetrying(node: summary.name, attempt: attempt, error, delaySeconds: delay))
    }

    private mutating func fail(_ place: Int, _ attempt: Int, _ entries: inout [JournalEntry]) {
        let error = takeError(place)
        results.finishedReading(run.plan.nodes[place], at: place)
        let now = clock.wall.wallTime()
        let isStopped = FailureKind(error) == .cancelled && run.cancellation.isCancelled
        let summary = finish(place) { summary in
            try summary.move(to: isStopped ? .cancelled : .failed)
            summary.reason = isStopped ? "the run was told to stop" : nil
            summary.error = isStopped ? nil : error
        }
        entries.append(
            isStopped
                ? .nodeCancelled(node: summary.name, reason: summary.reason ?? "", at: now)
                : .nodeFailed(node: summary.name, attempt: attempt, RunError(error), at: now)
        )
    }

    private mutating func cancel(_ place: Int, _ reason: RunMachine.CancelReason, _ entries: inout [JournalEntry]) {
        results.finishedReading(run.plan.nodes[place], at: place)
        if case .breaker = reason { heldBack.insert(place) }
        let words = CancelWords(run.plan, state, heldBack).text(reason, of: place)
        let summary = finish(place) { summary in
            try summary.move(to: .cancelled)
            summary.reason = words
            summary.error = nil
        }
        entries.append(.nodeCancelled(node: summary.name, reason: words, at: clock.wall.wallTime()))
    }

    private mutating func note(_ change: BreakerBoard.Change, _ entries: inout [JournalEntry]) {
        let (resource, state, failures) = (change.resource, change.state, change.failures)
        entries.append(
            .breakerChanged(resource: resource, state: state, failures: failures, at: clock.wall.wallTime())
        )
        events.publish(.breakerChanged(BreakerSummary(resource: resource, state: state, failures: failures)))
    }

    // MARK: - News of threads

    /// A result is there.
    mutating func computed(_ place: Int, _ result: HeldResult?, spent time: Int64) {
        results.keep(result, of: place)
        results.finishedReading(run.plan.nodes[place], at: place)
        unstored[place] = result
        rows[place] = result?.dataset.rowCount
        spent[place, default: 0] += time
        events.publish(.nodeComputed(node: run.plan.nodes[place].name, rows: result?.dataset.rowCount))
    }

    /// A result is stored.
    mutating func completed(
        _ place: Int,
        _ outputs: [StoredOutput],
        copy: FileSeal?,
        spent time: Int64,
        _ entries: inout [JournalEntry]
    ) {
        spent[place, default: 0] += time
        let seconds = Double(spent[place] ?? 0) * 1e-9
        let rowCount = rows[place] ?? outputs.first?.record.rows
        let summary = finish(place) { summary in
            try summary.move(to: .completed)
            summary.rows = rowCount
            summary.outputs = outputs.map(\.record)
            summary.error = nil
        }
        let completion = NodeCompletion(
            attempt: summary.attempts,
            at: clock.wall.wallTime(),
            seconds: seconds,
            rows: rowCount,
            metrics: summary.metrics,
            checks: summary.checks,
            outputs: outputs,
            copy: copy
        )
        entries.append(.nodeCompleted(node: summary.name, completion))
    }

    /// An attempt failed.
    mutating func failed(_ place: Int, _ error: any Error, spent time: Int64) {
        spent[place, default: 0] += time
        errors[place] = error
    }

    /// Whether a copy of what a node returned has to be kept, for a run that is resumed.
    private func keepsCopy(of place: Int) -> Bool {
        guard let result = unstored[place], results.hasReaders(place) else { return false }
        return executor.copies.isWanted(result.dataset, of: run.plan.nodes[place])
    }

    // MARK: - Ends

    private mutating func finish(_ place: Int, _ change: (inout NodeSummary) throws -> Void) -> NodeSummary {
        let seconds = spent[place].map { Double($0) * 1e-9 }
        let summary = update(place) { summary in
            try change(&summary)
            summary.durationSeconds = seconds
            if let attempt = attempts[place] {
                summary.metrics = attempt.metrics.values
                summary.checks = attempt.checks.all
            }
        }
        attempts[place] = nil
        unstored[place] = nil
        rows[place] = nil
        spent[place] = nil
        events.publish(.nodeFinished(summary))
        return summary
    }

    /// The machine takes legal steps alone, so the state lets all of them be taken.
    private func update(_ place: Int, _ change: (inout NodeSummary) throws -> Void) -> NodeSummary {
        do { return try state.update(at: place, change) } catch { preconditionFailure("\(error)") }
    }

    /// How long ago a node's attempt began, in nanoseconds.
    private func elapsed(_ place: Int) -> Int64 {
        guard let start = state.summary(at: place).start else { return 0 }
        return (clock.wall.wallTime().millisecondsSinceEpoch - start.millisecondsSinceEpoch) * 1_000_000
    }

    private mutating func takeError(_ place: Int) -> any ExecutionError {
        let node = run.plan.nodes[place]
        let error = errors.removeValue(forKey: place) ?? NodeFailure(.internal, "it ended without a word")
        if let error = error as? any ExecutionError { return error }
        return NodeErrorDescription(node: node, operation: "run the node").described(error)
    }
}

extension NodeAttempt {
    /// The next try of the same, of which only the storing is left.
    fileprivate func again(_ number: Int) -> NodeAttempt {
        NodeAttempt(
            index: index,
            node: node,
            number: number,
            generation: generation,
            run: run,
            executor: executor,
            inputs: inputs,
            ledger: ledger,
            spool: spool,
            control: nil,
            metrics: metrics,
            checks: checks
        )
    }
}

extension NodeSummary {
    /// What an earlier host completed.
    fileprivate mutating func take(_ completion: NodeCompletion) {
        attempts = completion.attempt
        start = Timestamp(
            millisecondsSinceEpoch: completion.at.millisecondsSinceEpoch - Int64(completion.seconds * 1000)
        )
        durationSeconds = completion.seconds
        rows = completion.rows
        metrics = completion.metrics
        checks = completion.checks
        outputs = completion.outputs.map(\.record)
    }
}
