import TauroBasics
package import TauroModel

/// Runs a plan: obeys the scheduler on a pool of owned threads and keeps state, results and watchers up to date.
///
/// All decisions are the scheduler's; all bookkeeping happens on the thread that calls `run`.
package final class PipelineRunner {
    private enum Message: Sendable {
        case computed(Int, HeldResult?)
        case finished(Int, Result<[OutputRecord], any Error>, seconds: Double)
        case stop
    }

    private let run: NodeExecutor.Run
    private let executor: NodeExecutor
    private let events: RunEventBus
    private let clock: RunClock
    private let maxWorkers: Int
    private let queue = BlockingQueue<Message>()
    private let state = UnifiedPipelineState()
    private var scheduler: Scheduler
    private var results: ResultStore
    private let ledger: FrameLedger
    private let spoolDirectory: String?
    private let order = StoreOrder()
    private let metrics: [NodeMetrics]
    private let checks: [NodeChecks]
    private var rows: [Int64?]

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - run: the run.
    ///   - executor: runs its nodes.
    ///   - events: where watchers hear of it.
    ///   - clock: says when.
    ///   - maxWorkers: how many nodes may run at once.
    ///   - memory: how much of it frames may hold, and where they go beyond that; nil keeps all of them in memory.
    package init(
        run: NodeExecutor.Run,
        executor: NodeExecutor,
        events: RunEventBus,
        clock: RunClock,
        maxWorkers: Int,
        memory: FrameMemory? = nil
    ) {
        self.ledger = FrameLedger(limit: memory?.limit)
        self.spoolDirectory = memory?.directory
        self.run = run
        self.executor = executor
        self.events = events
        self.clock = clock
        self.maxWorkers = maxWorkers
        self.scheduler = Scheduler(plan: run.plan, maxWorkers: maxWorkers)
        self.results = ResultStore(plan: run.plan)
        self.metrics = run.plan.nodes.map { _ in NodeMetrics() }
        self.checks = run.plan.nodes.map { _ in NodeChecks() }
        self.rows = run.plan.nodes.map { _ in nil }
    }

    /// Runs the plan to its end and says what became of it.
    ///
    /// Call it once; blocks.
    package func execute() throws -> RunSummary {
        let startedAt = clock.wall.wallTime().description
        let start = clock.monotonic.elapsedTime()
        let nodes = run.plan.nodes
        for node in nodes {
            try state.registerNodeWithDependencies(node.name, node.dependencies.map { nodes[$0].name })
        }
        events.publish(
            .runStarted(
                runID: run.id,
                pipeline: run.plan.pipeline.name,
                nodes: nodes.map(\.name),
                maxWorkers: maxWorkers
            )
        )
        try run.cancellation.withHandler { [queue] in
            queue.push(.stop)
        } _: {
            try obeyScheduler()
        }
        let summary = summarize(startedAt: startedAt, seconds: (clock.monotonic.elapsedTime() - start).seconds)
        events.publish(.runFinished(summary))
        return summary
    }

    private func obeyScheduler() throws {
        let pool = try WorkerPool(count: max(1, min(maxWorkers, run.plan.nodes.count)), name: "tauro-node")
        defer { pool.shutdown() }
        var actions = scheduler.handle(.start)
        while true {
            for action in actions {
                switch action {
                case .run(let node): try startNode(node, on: pool)
                case .cancel(let node, let reason): try cancelNode(node, reason)
                case .finish: return
                }
            }
            guard let message = queue.pop() else { return }
            actions = try handle(message)
        }
    }

    private func handle(_ message: Message) throws -> [Scheduler.Action] {
        switch message {
        case .stop:
            return scheduler.handle(.stop)
        case .computed(let node, let result):
            results.keep(result, of: node)
            results.finishedReading(run.plan.nodes[node], at: node)
            rows[node] = result?.dataset.rowCount
            return scheduler.handle(.computed(node))
        case .finished(let node, .success(let outputs), let seconds):
            try complete(node, outputs, seconds)
            return scheduler.handle(.completed(node))
        case .finished(let node, .failure(let error), let seconds):
            results.finishedReading(run.plan.nodes[node], at: node)
            try fail(node, error, seconds)
            if let blocked = error as? NodeAttempt.Blocked { return scheduler.handle(.blocked(node, by: blocked.by)) }
            return scheduler.handle(.failed(node))
        }
    }

    private func startNode(_ index: Int, on pool: WorkerPool) throws {
        let node = run.plan.nodes[index]
        let attempt = 1
        let startedAt = clock.wall.wallTime().description
        try state.update(node.name) { summary in
            try summary.move(to: .running)
            summary.attempts = attempt
            summary.startedAt = startedAt
        }
        events.publish(.nodeStarted(node: node.name, attempt: attempt))
        let attemptToRun = NodeAttempt(
            index: index,
            node: node,
            number: attempt,
            run: run,
            executor: executor,
            order: order,
            inputs: AttemptInputs(results.results(for: node)),
            ledger: ledger,
            spool: spoolDirectory.map { FrameSpool(ledger: ledger, directory: $0) }
        )
        pool.submit { [events, queue, clock, metrics = metrics[index], checks = checks[index]] in
            let start = clock.monotonic.elapsedTime()
            let outcome = attemptToRun.execute {
                queue.push(.computed(index, $0))
            } report: { report in
                metrics.note(report)
                events.publish(.nodeReported(node: node.name, report))
            } checked: { result in
                checks.note(result)
                events.publish(.nodeChecked(node: node.name, result))
            }
            queue.push(.finished(index, outcome, seconds: (clock.monotonic.elapsedTime() - start).seconds))
        }
    }

    private func complete(_ index: Int, _ outputs: [OutputRecord], _ seconds: Double) throws {
        try finish(index) { summary in
            try summary.move(to: .completed)
            summary.durationSeconds = seconds
            summary.rows = rows[index] ?? outputs.first?.rows
            summary.outputs = outputs
        }
    }

    private func fail(_ index: Int, _ error: any Error, _ seconds: Double) throws {
        let reason = reasonToCancel(error)
        try finish(index) { summary in
            try summary.move(to: reason == nil ? .failed : .cancelled)
            summary.durationSeconds = seconds
            summary.reason = reason
            if reason == nil { summary.error = described(error, summary.name) }
        }
    }

    /// Why a node that did not succeed is no failure of its own; nil where it is one.
    private func reasonToCancel(_ error: any Error) -> String? {
        if let blocked = error as? NodeAttempt.Blocked {
            return "not stored because '\(run.plan.nodes[blocked.by].name)' failed"
        }
        let wasStopped = (error as? NodeExecutionError)?.status == .cancelled && run.cancellation.isCancelled
        return wasStopped ? "the run was told to stop" : nil
    }

    private func described(_ error: any Error, _ node: String) -> any ExecutionError {
        (error as? any ExecutionError)
            ?? NodeExecutionError(node: node, operation: "run", message: "Node '\(node)': \(error)", underlying: error)
    }

    private func cancelNode(_ index: Int, _ reason: Scheduler.CancelReason) throws {
        results.finishedReading(run.plan.nodes[index], at: index)
        try finish(index) { summary in
            try summary.move(to: .cancelled)
            switch reason {
            case .failure(let failed): summary.reason = "not run because '\(run.plan.nodes[failed].name)' failed"
            case .stopped: summary.reason = "not run because the run was told to stop"
            }
        }
    }

    private func finish(_ index: Int, _ change: (inout NodeSummary) throws -> Void) throws {
        let summary = try state.update(run.plan.nodes[index].name) { summary in
            try change(&summary)
            summary.metrics = metrics[index].values
            summary.checks = checks[index].all
        }
        events.publish(.nodeFinished(summary))
    }

    private func summarize(startedAt: String, seconds: Double) -> RunSummary {
        let nodes = state.snapshot()
        let isCompleted = nodes.allSatisfy { $0.status == .completed }
        let hasFailed = nodes.contains { $0.status == .failed } && !scheduler.wasStopped
        let status: RunSummary.Status = isCompleted ? .completed : hasFailed ? .failed : .cancelled
        return RunSummary(
            runID: run.id,
            pipeline: run.plan.pipeline.name,
            kind: run.plan.pipeline.kind,
            status: status,
            engine: run.engine,
            dates: run.plan.dates,
            startedAt: startedAt,
            finishedAt: clock.wall.wallTime().description,
            durationSeconds: seconds,
            maxWorkers: maxWorkers,
            peakFrameBytes: Int64(ledger.peak),
            spooledFrameBytes: ledger.spooled,
            nodes: nodes
        )
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension Scheduler {
    /// A scheduler for the nodes of a plan.
    init(plan: ExecutionPlan, maxWorkers: Int) {
        var readers = [[Int]](repeating: [], count: plan.nodes.count)
        var followers = readers
        for (place, node) in plan.nodes.enumerated() {
            // Both lists are ascending, and the one is a part of the other.
            var ordered = node.orderedAfter[...]
            for dependency in node.dependencies {
                if ordered.first == dependency {
                    ordered.removeFirst()
                    followers[dependency].append(place)
                } else {
                    readers[dependency].append(place)
                }
            }
        }
        let nodes = plan.nodes.enumerated().map { place, node in
            Node(
                dependencyCount: node.dependencies.count,
                readers: readers[place],
                followers: followers[place],
                pathLength: node.pathLength,
                onFailure: node.execution.onFailure
            )
        }
        self.init(nodes: nodes, maxWorkers: maxWorkers)
    }
}
