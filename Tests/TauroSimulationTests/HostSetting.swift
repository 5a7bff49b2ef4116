import TauroBasics
import TauroModel

@testable import TauroExecution

/// What a host of a history has around it.
struct HostSetting {
    let world: World
    let scenario: Scenario
    let plan: ExecutionPlan
    let storage: SimulatedStorage
    let journal: JournalLog
    let ledger: RerunLedger
    let functions: SimulatedFunctions
    let resumption: Resumption
    /// Whether anything bad happens to its nodes.
    let isTroubled: Bool
    /// After how many nanoseconds it is told to stop; nil for never.
    var stopsAfter: Int64?
    var threadFailuresPerThousand = 0
    /// A fault that the tests put in: steps are released before the entries that led to them are written.
    var acknowledgesTooEarly = false

    /// What the run is made of.
    func parts(_ cancellation: CancellationToken) throws -> PipelineRunner.Parts {
        let clock = RunClock(wall: VirtualClock(world: world), monotonic: VirtualClock(world: world))
        let run = AttemptExecutor.Run(
            id: Scenario.run,
            plan: plan,
            modelVersion: nil,
            engine: "simulated",
            cancellation: cancellation
        )
        let executor = AttemptExecutor(
            invoker: functions,
            loader: storage,
            writer: storage,
            contracts: storage,
            clock: clock.wall,
            copies: ResultCopying(keeper: storage, writer: storage, limit: scenario.keepsResults ? 1_000 : -1)
        )
        var parts = PipelineRunner.Parts(
            run: run,
            executor: executor,
            events: try RunEventBus(runID: Scenario.run, clock: clock.wall, observers: []),
            clock: clock,
            maxWorkers: scenario.maxWorkers
        )
        parts.nodeMemory = scenario.nodeMemory
        parts.resumption = resumption
        // So that the books are kept for a journal; the simulated host writes it itself.
        parts.journal = UnusedJournal()
        return parts
    }

    /// How long a write to the journal takes.
    func writeDuration() -> Int64 {
        if !isTroubled { return 0 }
        return world.chance(3) ? world.duration(0...15_000) : world.duration(0...5)
    }

    /// How long a function, or storing, takes that does not hang.
    func stepDuration() -> Int64 {
        if !isTroubled { return world.duration(0...10) }
        return world.chance(5) ? world.duration(0...12_000) : world.duration(0...1_500)
    }

    /// What an attempt comes to.
    func fate(of attempt: NodeAttempt) -> Fate {
        guard isTroubled, world.chance(scenario.failurePercent) else { return .success }
        // Without a limit nobody ends it.
        if attempt.control != nil, world.chance(40) { return .hanging }
        let kinds = Fate.Failure.allCases.filter { $0 != .lasting || scenario.hasLastingFailures }
        return .failure(kinds[world.below(kinds.count)])
    }
}

/// A journal that nobody writes to.
private struct UnusedJournal: RunJournal {
    func append(_ entries: [JournalEntry]) throws { preconditionFailure("the simulated host writes the journal") }
}
