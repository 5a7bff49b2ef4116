import TauroBasics
package import TauroModel

/// Runs a plan: obeys the scheduler on a pool of owned threads and keeps state, results and watchers up to date.
///
/// All decisions are the scheduler's; all bookkeeping happens on the thread that calls `run`.
package final class PipelineRunner {
    private enum Message: Sendable {
        case finished(Int, Result<NodeExecutor.Outcome, any Error>, seconds: Double)
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
    private var metrics: [NodeMetrics]

    package init(
        run: NodeExecutor.Run,
        executor: NodeExecutor,
        events: RunEventBus,
        clock: RunClock,
        maxWorkers: Int
    ) {
        self.run = run
        self.executor = executor
        self.events = events
        self.clock = clock
        self.maxWorkers = maxWorkers
        self.scheduler = Scheduler(
            nodes: run.plan.nodes.map {
                Scheduler.Node(
                    dependencyCount: $0.dependencies.count,
                    dependents: $0.dependents,
                    pathLength: $0.pathLength
                )
            },
            maxWorkers: maxWorkers
        )
        self.results = ResultStore(plan: run.plan)
        self.metrics = run.plan.nodes.map { _ in NodeMetrics() }
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
        case .finished(let node, .success(let outcome), let seconds):
            try complete(node, outcome, seconds)
            return scheduler.handle(.completed(node))
        case .finished(let node, .failure(let error), let seconds):
            try fail(node, error, seconds)
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
        let inputs = results.results(for: node)
        pool.submit { [run, executor, events, queue, clock, metrics = metrics[index]] in
            let start = clock.monotonic.elapsedTime()
            let outcome = Result {
                try executor.execute(node, in: run, results: inputs, attempt: attempt) { report in
                    metrics.note(report)
                    events.publish(.nodeReported(node: node.name, report))
                }
            }
            queue.push(.finished(index, outcome, seconds: (clock.monotonic.elapsedTime() - start).seconds))
        }
    }

    private func complete(_ index: Int, _ outcome: NodeExecutor.Outcome, _ seconds: Double) throws {
        let node = run.plan.nodes[index]
        results.finishedReading(node)
        results.keep(outcome.result, of: index)
        try finish(index) { summary in
            try summary.move(to: .completed)
            summary.durationSeconds = seconds
            summary.rows = outcome.rows
            summary.outputs = outcome.outputs
        }
    }

    private func fail(_ index: Int, _ error: any Error, _ seconds: Double) throws {
        let node = run.plan.nodes[index]
        results.finishedReading(node)
        let described =
            (error as? any ExecutionError)
            ?? NodeExecutionError(
                node: node.name,
                operation: "run",
                message: "Node '\(node.name)': \(error)",
                underlying: error
            )
        let wasStopped = (error as? NodeExecutionError)?.status == .cancelled && run.cancellation.isCancelled
        try finish(index) { summary in
            try summary.move(to: wasStopped ? .cancelled : .failed)
            summary.durationSeconds = seconds
            if wasStopped { summary.reason = "the run was told to stop" } else { summary.error = described }
        }
    }

    private func cancelNode(_ index: Int, _ reason: Scheduler.CancelReason) throws {
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
        }
        events.publish(.nodeFinished(summary))
    }

    private func summarize(startedAt: String, seconds: Double) -> RunSummary {
        let nodes = state.snapshot()
        let status: RunSummary.Status =
            nodes.contains { $0.status == .failed }
            ? .failed
            : nodes.allSatisfy { $0.status == .completed } ? .completed : .cancelled
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
            nodes: nodes
        )
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
