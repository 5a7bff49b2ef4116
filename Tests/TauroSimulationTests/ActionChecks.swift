import TauroModel

@testable import TauroExecution

/// Holds what a machine decides to what it promises.
struct ActionChecks {
    private enum Status {
        case pending
        case running
        case retrying
        case ended
    }

    private let world: World
    private let scenario: Scenario
    private var breakers: BreakerChecks
    private var statuses: [Status]
    private var attempts: [Int]
    private var begunAt: [Int64]
    /// How much time attempts have had, in nanoseconds, up to their last pause.
    private var spent: [Int64]
    /// Since when they go on; nil in a pause.
    private var goesOnSince: [Int64?]
    /// Before which moments nodes may not be tried again.
    private var restUntil: [Int64]
    private var lastFailures: [FailureKind?]
    /// Nodes whose results are there.
    private(set) var computed: Set<Int> = []
    /// Nodes whose results are stored.
    private(set) var completed: Set<Int> = []
    private var isEnding = false

    /// A host begins, with those nodes taken over.
    init(_ scenario: Scenario, _ world: World, restored: Set<Int>) {
        self.world = world
        self.scenario = scenario
        breakers = BreakerChecks(scenario, world)
        let count = scenario.nodes.count
        statuses = (0..<count).map { restored.contains($0) ? .ended : .pending }
        attempts = [Int](repeating: 0, count: count)
        begunAt = [Int64](repeating: 0, count: count)
        restUntil = begunAt
        spent = begunAt
        goesOnSince = [Int64?](repeating: nil, count: count)
        lastFailures = [FailureKind?](repeating: nil, count: count)
        computed = restored
        completed = restored
    }

    // MARK: - Events

    /// The machine is about to be told of an event.
    mutating func hear(_ event: RunMachine.Event) {
        switch event {
        case .computed(let node):
            computed.insert(node)
            spent[node] += world.now - (goesOnSince[node] ?? world.now)
            goesOnSince[node] = nil
            if !completed.isSuperset(of: scenario.nodes[node].dependencies) { breakers.pause(node) }
        case .completed(let node):
            world.expect(statuses[node] == .running, "n\(node) completed while it was \(statuses[node])")
            breakers.leave(node, failure: nil, isSuccess: true)
            statuses[node] = .ended
            completed.insert(node)
        case .failed(let node, let kind): fail(node, kind)
        case .stop: isEnding = true
        case .start, .tick, .begun: break
        }
    }

    /// A thread has begun a step: its time runs from here.
    mutating func begin(_ step: PipelineBook.Step) {
        switch step {
        case .compute(let attempt):
            begunAt[attempt.index] = world.now
            goesOnSince[attempt.index] = world.now
        case .store(let attempt, _, _): goesOnSince[attempt.index] = world.now
        }
    }

    /// Everything that follows from an event has been said.
    func settle() { breakers.settle() }

    private mutating func fail(_ node: Int, _ kind: FailureKind) {
        breakers.leave(node, failure: kind)
        lastFailures[node] = kind
    }

    // MARK: - Actions

    /// The machine has decided; false where it may not.
    mutating func allow(_ action: RunMachine.Action) -> Bool {
        switch action {
        case .run(let node, let attempt):
            world.expect(!isEnding, "n\(node) began although nothing may begin any more")
            begin(node, attempt)
        case .store(let node, let attempt): store(node, attempt)
        case .retry(let node, let attempt, let moment): retry(node, attempt, moment)
        case .fail(let node, let attempt):
            expectRunning(node, attempt, "failed")
            end(node)
            if scenario.nodes[node].execution.onFailure == .stop { isEnding = true }
        case .cancel(let node, _):
            breakers.leave(node, failure: nil)
            end(node)
        case .expire(let node, _): expire(node)
        case .abandon(let node, let attempt): abandon(node, attempt)
        case .breaker(let change): breakers.change(change)
        case .finish:
            let open = statuses.indices.filter { statuses[$0] != .ended }
            world.expect(open.isEmpty, "the run finished before n\(open.first ?? 0) had ended")
        }
        return world.finding == nil
    }

    private mutating func begin(_ node: Int, _ attempt: Int) {
        let isFirst = statuses[node] == .pending && attempt == 1
        let isNext = statuses[node] == .retrying && attempt == attempts[node] + 1
        world.expect(isFirst || isNext, "attempt \(attempt) of n\(node) began while it was \(statuses[node])")
        let most = scenario.nodes[node].execution.retry.maxRetries + 1
        world.expect(attempt <= most, "n\(node) was tried \(attempt) times, of \(most) allowed")
        world.expect(world.now >= restUntil[node], "n\(node) was tried again before its delay was over")
        breakers.enter(node)
        attempts[node] = attempt
        statuses[node] = .running
        begunAt[node] = .max
        spent[node] = 0
    }

    private mutating func store(_ node: Int, _ attempt: Int) {
        if attempt != attempts[node] { begin(node, attempt) }
        world.expect(statuses[node] == .running, "n\(node) was stored while it was \(statuses[node])")
        world.expect(computed.contains(node), "n\(node) was stored before it was computed")
        for other in scenario.nodes[node].dependencies {
            world.expect(completed.contains(other), "n\(node) was stored before n\(other), on which it builds")
        }
    }

    private mutating func retry(_ node: Int, _ attempt: Int, _ moment: Int64) {
        expectRunning(node, attempt, "rests")
        let policy = scenario.nodes[node].execution.retry
        let shortest = Int64(policy.delay(afterAttempt: attempt, chance: -1) * 1e9)
        world.expect(moment >= world.now + shortest, "n\(node) is to be tried again too early")
        let cause = lastFailures[node]?.retryCause
        world.expect(
            cause.map(policy.causes.contains) ?? false,
            "n\(node) is tried again after a failure of another kind than its policy says"
        )
        restUntil[node] = moment
        statuses[node] = .retrying
    }

    private func expire(_ node: Int) {
        let had = spent[node] + world.now - (goesOnSince[node] ?? world.now)
        world.expect(had >= limit(of: node), "n\(node) was told to stop before its time was over")
    }

    private mutating func abandon(_ node: Int, _ attempt: Int) {
        expectRunning(node, attempt, "was abandoned")
        world.expect(begunAt[node] < .max, "n\(node) was abandoned before it had begun")
        let had = world.now - min(world.now, begunAt[node])
        world.expect(had >= limit(of: node) + 2_000_000_000, "n\(node) was abandoned before its time was over")
        fail(node, .timeout)
    }

    /// How long an attempt may take, in nanoseconds.
    private func limit(of node: Int) -> Int64 {
        scenario.nodes[node].execution.timeout.map { $0.components.seconds * 1_000_000_000 } ?? .max / 2
    }

    private func expectRunning(_ node: Int, _ attempt: Int, _ what: String) {
        world.expect(
            statuses[node] == .running && attempts[node] == attempt,
            "attempt \(attempt) of n\(node) \(what) while it was \(statuses[node]), at attempt \(attempts[node])"
        )
    }

    private mutating func end(_ node: Int) {
        world.expect(statuses[node] != .ended, "n\(node) ended twice")
        statuses[node] = .ended
    }
}
