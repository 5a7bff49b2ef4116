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
    private let isJournaled: Bool
    let state: UnifiedPipelineState
    let ledger: FrameLedger
    private let spoolDirectory: String?
    private let restored: [Int: RestoredNode]
    private let generations: [Int: Int]

    private var results: ResultStore
    /// The nodes that have begun and not ended.
    private var open: PlaceTable<OpenNode>
    /// Nodes that their breakers held back.
    private var heldBack: Set<Int> = []
    private(set) var abandonedThreads = 0

    /// What is known of a node between the beginning of its first attempt and the end of its last.
    private struct OpenNode {
        var attempt: NodeAttempt
        /// What it returned and has not stored yet.
        var result: HeldResult?
        var rows: Int64?
        /// How long its attempt has taken, in nanoseconds.
        var spent: Int64 = 0
        /// The error of an attempt that failed and of which nothing has been said yet.
        var error: (any Error)?
    }

    init(_ parts: PipelineRunner.Parts) {
        run = parts.run
        executor = parts.executor
        events = parts.events
        clock = parts.clock
        ledger = FrameLedger(limit: parts.memory?.limit)
        spoolDirectory = parts.memory?.directory
        restored = parts.resumption.restored
        generations = parts.resumption.generations
        isJournaled = parts.journal != nil
        state = UnifiedPipelineState(of: run.plan.nodes)
        results = ResultStore(plan: run.plan)
        open = PlaceTable(count: run.plan.nodes.count)
    }

    // MARK: - Restored nodes

    /// Takes over what an earlier host completed.
    ///
    /// Results are read now, so that their readers get what they would have got from the nodes: rows that are counted and that
    /// nobody replaces meanwhile.
    ///
    /// - Throws: an `ExecutionError` where a result can not be read.
    mutating func restore(into entries: inout [JournalEntry]) throws {
        for (place, node) in restored.sorted(by: { $0.key < $1.key }) {
            results.finishedReading(run.plan.nodes[place], at: place)
            if let result = node.result { results.keep(ledger.hold(try evaluated(result, of: place)), of: place) }
            move(place, to: .completed) { summary in
                summary.take(node.completion)
                summary.reason = "restored from \(run.id)"
            }
            entries.append(.nodeRestored(node: name(place), at: clock.wall.wallTime()))
            events.publish(.nodeFinished(state.summary(at: place)))
        }
    }

    private func evaluated(_ result: Dataset, of place: Int) throws -> Dataset {
        try executor.describing("restore the result", run.plan.nodes[place]) {
            try result.evaluated(spool(), run.cancellation)
        }
    }

    private func spool() -> FrameSpool? { spoolDirectory.map { FrameSpool(ledger: ledger, directory: $0) } }

    // MARK: - Actions

    mutating func note(_ action: RunMachine.Action, into entries: inout [JournalEntry]) -> BookedAction<Step> {
        switch action {
        case .run(let node, let attempt): return .step(.compute(begin(node, attempt, &entries)))
        case .store(let node, let attempt): return store(node, attempt, &entries)
        case .retry(let node, let attempt, let moment): retry(node, attempt, moment, &entries)
        case .fail(let node, let attempt): fail(node, attempt, &entries)
        case .cancel(let node, let reason): cancel(node, reason, &entries)
        case .expire(let node, _):
            if let control = open[node]?.attempt.control { return .aside { control.expire() } }
        case .abandon(let node, _):
            abandonedThreads += 1
            let spent = elapsed(node)
            open.change(node) {
                $0.spent = spent
                $0.error = $0.attempt.expiry(abandoned: true)
            }
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
            number: number,
            generation: generations.isEmpty ? 1 : generations[place] ?? 1,
            run: run,
            executor: executor,
            inputs: results.results(for: node),
            ledger: ledger,
            spool: spool(),
            control: limit.map { _ in AttemptControl() }
        )
        open[place] = OpenNode(attempt: attempt)
        start(attempt, &entries)
        return attempt
    }

    private func start(_ attempt: NodeAttempt, _ entries: inout [JournalEntry]) {
        let (name, number) = (attempt.node.name, attempt.number)
        let now = clock.wall.wallTime()
        move(attempt.index, to: .running) { summary in
            summary.attempts = number
            summary.start = now
        }
        if isJournaled {
            entries.append(.nodeStarted(node: name, attempt: number, generation: attempt.generation, at: now))
        }
        events.publish(.nodeStarted(node: name, attempt: number))
    }

    private mutating func store(
        _ place: Int,
        _ number: Int,
        _ entries: inout [JournalEntry]
    ) -> BookedAction<Step> {
        guard var node = open[place] else { preconditionFailure("what was not computed can not be stored") }
        if node.attempt.number != number {
            // The function is not called again: its result is there, and others have read it.
            node.attempt = NodeAttempt(storing: node.attempt, number: number)
            node.spent = 0
            open[place] = node
            start(node.attempt, &entries)
        }
        let keepsCopy = keepsCopy(of: node)
        if node.attempt.node.outputs.isEmpty && !keepsCopy {
            completed(place, [], copy: nil, spent: 0, &entries)
            return .happened(.completed(place))
        }
        return .step(.store(node.attempt, node.result, keepsCopy: keepsCopy))
    }

    private mutating func retry(_ place: Int, _ attempt: Int, _ moment: Int64, _ entries: inout [JournalEntry]) {
        let error = takeError(place)
        let now = clock.wall.wallTime()
        let delay = max(0, Double(moment - clock.monotonic.nanoseconds()) * 1e-9)
        let next = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + Int64(delay * 1000))
        move(place, to: .retrying) { $0.error = error }
        entries.append(
            .nodeRetrying(node: name(place), attempt: attempt, RunError(error), nextAt: next, at: now)
        )
        events.publish(.nodeRetrying(node: name(place), attempt: attempt, error, delaySeconds: delay))
    }

    private mutating func fail(_ place: Int, _ attempt: Int, _ entries: inout [JournalEntry]) {
        let error = takeError(place)
        results.finishedReading(run.plan.nodes[place], at: place)
        let now = clock.wall.wallTime()
        let isStopped = FailureKind(error) == .cancelled && run.cancellation.isCancelled
        let reason = "the run was told to stop"
        finish(place, isStopped ? .cancelled : .failed) { summary, _ in
            summary.reason = isStopped ? reason : nil
            summary.error = isStopped ? nil : error
        }
        entries.append(
            isStopped
                ? .nodeCancelled(node: name(place), reason: reason, at: now)
                : .nodeFailed(node: name(place), attempt: attempt, RunError(error), at: now)
        )
    }

    private mutating func cancel(_ place: Int, _ reason: RunMachine.CancelReason, _ entries: inout [JournalEntry]) {
        results.finishedReading(run.plan.nodes[place], at: place)
        if case .breaker = reason { heldBack.insert(place) }
        let words = CancelWords(run.plan, state, heldBack).text(reason, of: place)
        finish(place, .cancelled) { summary, _ in
            summary.reason = words
            summary.error = nil
        }
        entries.append(.nodeCancelled(node: name(place), reason: words, at: clock.wall.wallTime()))
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
        open.change(place) { node in
            node.result = result
            node.rows = result?.dataset.rowCount
            node.spent += time
        }
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
        finish(place, .completed, spent: time) { summary, node in
            summary.rows = node?.rows ?? outputs.first?.record.rows
            summary.outputs = outputs.isEmpty ? [] : outputs.map(\.record)
            summary.error = nil
        }
        if !isJournaled { return }
        let summary = state.summary(at: place)
        let completion = NodeCompletion(
            attempt: summary.attempts,
            at: clock.wall.wallTime(),
            seconds: summary.durationSeconds ?? 0,
            rows: summary.rows,
            metrics: summary.metrics,
            checks: summary.checks,
            outputs: outputs,
            copy: copy
        )
        entries.append(.nodeCompleted(node: summary.name, completion))
    }

    /// An attempt failed.
    mutating func failed(_ place: Int, _ error: any Error, spent time: Int64) {
        open.change(place) { node in
            node.spent += time
            node.error = error
        }
    }

    /// Whether a copy of what a node returned has to be kept, for a run that is resumed.
    private func keepsCopy(of node: OpenNode) -> Bool {
        guard let result = node.result, results.hasReaders(node.attempt.index) else { return false }
        return executor.copies.isWanted(result.dataset, of: node.attempt.node)
    }

    // MARK: - Ends

    /// Ends a node whose last attempt, if it had one, took `time` more than is known.
    private mutating func finish(
        _ place: Int,
        _ status: NodeStatus,
        spent time: Int64 = 0,
        _ change: (inout NodeSummary, OpenNode?) -> Void
    ) {
        let node = open.take(place)
        move(place, to: status) { summary in
            change(&summary, node)
            guard let node else { return }
            summary.durationSeconds = Double(node.spent + time) * 1e-9
            let (metrics, checks) = node.attempt.noted
            summary.metrics = metrics
            summary.checks = checks
        }
        events.publish(.nodeFinished(state.summary(at: place)))
    }

    /// The machine takes legal steps alone, so the state lets all of them be taken.
    private func move(_ place: Int, to status: NodeStatus, _ change: (inout NodeSummary) -> Void) {
        do { try state.update(at: place, to: status, change) } catch { preconditionFailure("\(error)") }
    }

    /// How long ago a node's attempt began, in nanoseconds.
    private func elapsed(_ place: Int) -> Int64 {
        guard let start = state.summary(at: place).start else { return 0 }
        return (clock.wall.wallTime().millisecondsSinceEpoch - start.millisecondsSinceEpoch) * 1_000_000
    }

    private func name(_ place: Int) -> String { run.plan.nodes[place].name }

    private mutating func takeError(_ place: Int) -> any ExecutionError {
        let node = run.plan.nodes[place]
        let error = open[place]?.error ?? NodeFailure(.internal, "it ended without a word")
        open.change(place) { $0.error = nil }
        if let error = error as? any ExecutionError { return error }
        return NodeErrorDescription(node: node, operation: "run the node").described(error)
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
