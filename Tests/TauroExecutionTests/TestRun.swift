import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// A run of a pipeline in memory, made of fakes.
struct TestRun {
    var invoker = FakeNodeInvoker()
    var datasets = FakeDatasets()
    var maxWorkers = 2
    var cancellation = CancellationToken()
    var observers: [any RunObserver] = []
    var memory: FrameMemory?
    var storesUnread: @Sendable (Dataset, DatasetDefinition) throws -> Bool = { _, _ in false }
    var journal: (any RunJournal)?
    var copies: ResultCopying?
    var resumption = Resumption()
    /// What is changed in a plan before it runs.
    var adjust: (PlannedExecution, String) -> PlannedExecution = { execution, _ in execution }
    var pools: [String: Int] = [:]
    var breakers: [String: BreakerPolicy] = [:]

    /// The plan of the fixture's pipeline.
    func plan(_ context: Context, _ signatures: FakeSignatures) throws -> ExecutionPlan {
        var builder = PlanBuilder(
            context: context,
            signatures: signatures,
            datasets: datasets,
            request: PlanRequest(pipeline: "p")
        )
        let result = builder.build()
        let plan = try #require(result.plan, "\(result.diagnostics.map(\.message))")
        return ExecutionPlan(
            pipeline: plan.pipeline,
            nodes: plan.nodes.map { $0.with(adjust($0.execution, $0.name)) },
            dates: plan.dates,
            pools: pools,
            breakers: breakers
        )
    }

    /// Runs the fixture's pipeline to its end.
    func execute(_ fixture: PipelineFixture) throws -> RunSummary {
        try execute(try plan(fixture.context(), fixture.functions()))
    }

    /// Runs a plan to its end.
    func execute(_ plan: ExecutionPlan) throws -> RunSummary {
        let clock = RunClock()
        let events = try RunEventBus(runID: "run-1", clock: clock.wall, observers: observers)
        defer { events.drain() }
        let run = AttemptExecutor.Run(
            id: "run-1",
            plan: plan,
            modelVersion: "v1",
            engine: "fake",
            cancellation: cancellation
        )
        let executor = AttemptExecutor(
            invoker: invoker,
            loader: datasets,
            writer: datasets,
            contracts: datasets,
            copies: copies,
            storesUnread: storesUnread
        )
        var parts = PipelineRunner.Parts(
            run: run,
            executor: executor,
            events: events,
            clock: clock,
            maxWorkers: maxWorkers
        )
        parts.memory = memory
        parts.journal = journal
        parts.resumption = resumption
        return try PipelineRunner(parts).execute()
    }
}

extension PlannedNode {
    /// The same node, executed otherwise.
    func with(_ execution: PlannedExecution) -> PlannedNode {
        PlannedNode(
            definition: definition,
            signature: signature,
            inputs: inputs,
            parameters: parameters,
            hyperparameters: hyperparameters,
            execution: execution,
            outputs: outputs,
            dependencies: dependencies,
            orderedAfter: orderedAfter,
            dependents: dependents,
            pathLength: pathLength,
            level: level
        )
    }
}
