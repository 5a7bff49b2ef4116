import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite struct SchedulerTests {
    /// A scheduler whose nodes state the others as dependencies.
    private func scheduler(
        _ dependencies: [[Int]],
        maxWorkers: Int = 1,
        pools: [Int] = [],
        memory: Int64? = nil,
        _ adjust: (Int, inout ScheduleGraph.Node) -> Void = { _, _ in }
    ) throws -> Scheduler {
        try scheduler(followers: dependencies, maxWorkers: maxWorkers, pools: pools, memory: memory, adjust)
    }

    /// A scheduler whose nodes read what those in `reading` return, and follow those in `followers`.
    private func scheduler(
        reading: [[Int]]? = nil,
        followers: [[Int]]? = nil,
        maxWorkers: Int = 1,
        pools: [Int] = [],
        memory: Int64? = nil,
        _ adjust: (Int, inout ScheduleGraph.Node) -> Void = { _, _ in }
    ) throws -> Scheduler {
        let count = (reading ?? followers ?? []).count
        let none = [[Int]](repeating: [], count: count)
        let all = zip(reading ?? none, followers ?? none).map { Array(Set($0 + $1)).sorted() }
        let graph = DependencyGraph(names: all.indices.map { "n\($0)" }, dependencies: all)
        let lengths = graph.pathLengths(order: try graph.topologicalOrder())
        var nodes = lengths.map { ScheduleGraph.Node(pathCost: Int64($0)) }
        for node in nodes.indices { adjust(node, &nodes[node]) }
        return Scheduler(
            graph: ScheduleGraph(
                nodes: nodes,
                readers: turned(reading ?? none),
                followers: turned(followers ?? none)
            ),
            maxWorkers: maxWorkers,
            poolLimits: pools,
            memory: memory
        )
    }

    /// Who waits for each, from whom each waits for.
    private func turned(_ dependencies: [[Int]]) -> [[Int]] {
        var waiting = [[Int]](repeating: [], count: dependencies.count)
        for (node, needed) in dependencies.enumerated() { for other in needed { waiting[other].append(node) } }
        return waiting
    }

    @Test func longestPathStartsFirst() throws {
        var scheduler = try scheduler([[], [], [1], [2]])
        #expect(scheduler.handle(.start) == [.run(1)])
    }

    @Test func priorityGoesBeforeTheLongestPath() throws {
        var scheduler = try scheduler([[], [], [1], [2], []]) { node, wishes in wishes.priority = node == 4 ? 1 : 0 }
        #expect(scheduler.handle(.start) == [.run(4)])
    }

    @Test func neverMoreThanMaxWorkersRun() throws {
        var scheduler = try scheduler([[], [], [], []], maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(1)])
        #expect(scheduler.handle(.computed(1)) == [.store(1)])
        #expect(scheduler.handle(.completed(1)) == [.run(2)])
    }

    @Test func aFullPoolHoldsUpItsOwnNodesAlone() throws {
        var scheduler = try scheduler([[], [], [], []], maxWorkers: 4, pools: [1]) { node, wishes in
            wishes.pool = node < 2 ? 0 : nil
        }
        #expect(scheduler.handle(.start) == [.run(0), .run(2), .run(3)])
        #expect(scheduler.finish(2) == [])
        #expect(scheduler.finish(0) == [.run(1)])
    }

    @Test func nodesThatStateTheirMemoryWaitUntilThereIsRoom() throws {
        let sizes: [Int64?] = [6, 5, 3, nil]
        var scheduler = try scheduler([[], [], [], []], maxWorkers: 4, memory: 10) { $1.memory = sizes[$0] }
        // The third would fit beside the first, but then the second might wait for ever.
        #expect(scheduler.handle(.start) == [.run(0), .run(3)])
        #expect(scheduler.finish(0) == [.run(1), .run(2)])
    }

    @Test func aNodeThatNeedsMoreMemoryThanThereIsRunsAlone() throws {
        let sizes: [Int64] = [20, 5]
        var scheduler = try scheduler([[], []], maxWorkers: 4, memory: 10) { $1.memory = sizes[$0] }
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.finish(0) == [.run(1)])
    }

    @Test func failureLetsRunningNodesFinishAndCancelsTheRest() throws {
        var scheduler = try scheduler([[], [], [0], [1]], maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(1)])
        #expect(scheduler.handle(.failed(0)) == [.cancel(2, .failure(of: 0)), .cancel(3, .failure(of: 0))])
        #expect(scheduler.finish(1) == [.finish])
    }

    @Test func failureThatSkipsDependentsLeavesTheOthersAlone() throws {
        var scheduler = try scheduler(reading: [[], [], [0], [], []], followers: [[], [], [], [2], [1]]) {
            $1.onFailure = $0 == 0 ? .skipDependents : .stop
        }
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(
            scheduler.handle(.failed(0)) == [.cancel(2, .failure(of: 0)), .cancel(3, .failure(of: 0)), .run(1)]
        )
        #expect(scheduler.finish(1) == [.run(4)])
        #expect(scheduler.finish(4) == [.finish])
        #expect(!scheduler.wasStopped)
    }

    @Test func readyNodeWhoseProducerCouldNotBeStoredIsNotStarted() throws {
        var scheduler = try scheduler(reading: [[], [0]]) { $1.onFailure = $0 == 0 ? .skipDependents : .stop }
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [.store(0)])
        #expect(scheduler.handle(.failed(0)) == [.cancel(1, .failure(of: 0)), .finish])
    }

    @Test func aResultIsParkedUntilWhatItBuildsOnIsStored() throws {
        var scheduler = try scheduler(reading: [[], [0], []], maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(2)])
        #expect(scheduler.finish(2) == [])
        #expect(scheduler.handle(.computed(0)) == [.store(0), .run(1)])
        #expect(scheduler.handle(.computed(1)) == [])
        #expect(scheduler.handle(.completed(0)) == [.store(1)])
        #expect(scheduler.handle(.completed(1)) == [.finish])
    }

    @Test func aParkedResultTakesNoWorkerAndIsStoredBeforeOthersStart() throws {
        var scheduler = try scheduler(reading: [[], [0], [], []], maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(2)])
        #expect(scheduler.handle(.computed(0)) == [.store(0)])
        #expect(scheduler.finish(2) == [.run(1)])
        #expect(scheduler.handle(.computed(1)) == [.run(3)])
        #expect(scheduler.handle(.completed(0)) == [.store(1)])
    }

    @Test func whatBuildsOnAResultThatCouldNotBeStoredIsNotStored() throws {
        var scheduler = try scheduler(reading: [[], [0], [1], [0]], maxWorkers: 3) {
            $1.onFailure = $0 == 0 ? .skipDependents : .stop
        }
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [.store(0), .run(1), .run(3)])
        #expect(scheduler.handle(.computed(3)) == [])
        // One is parked, one still runs.
        #expect(scheduler.handle(.failed(0)) == [.cancel(3, .unstored(0))])
        #expect(scheduler.handle(.computed(1)) == [.cancel(1, .unstored(0)), .cancel(2, .failure(of: 0)), .finish])
        #expect(!scheduler.wasStopped)
    }

    @Test func aNodeThatRestsTakesNoWorker() throws {
        var scheduler = try scheduler([[], []])
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.rests(0)) == [.run(1)])
        #expect(scheduler.handle(.due(0)) == [])
        #expect(scheduler.finish(1) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [.store(0)])
        #expect(scheduler.handle(.rests(0)) == [])
        #expect(scheduler.handle(.due(0)) == [.store(0)])
        #expect(scheduler.handle(.completed(0)) == [.finish])
    }

    @Test func nodesThatRestAreCancelledWhenTheRunEnds() throws {
        var scheduler = try scheduler([[], []], maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(1)])
        #expect(scheduler.handle(.rests(0)) == [])
        #expect(scheduler.handle(.failed(1)) == [.cancel(0, .failure(of: 1)), .finish])
        #expect(scheduler.handle(.due(0)) == [])
    }

    @Test func aNodeThatIsHeldBackTakesItsDependentsAlong() throws {
        var scheduler = try scheduler([[], [0], []])
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.heldBack(0)) == [.cancel(1, .failure(of: 0)), .run(2)])
        #expect(scheduler.finish(2) == [.finish])
        #expect(!scheduler.wasStopped)
    }

    @Test func stopCancelsWhatHasNotStarted() throws {
        var scheduler = try scheduler([[], [0]], maxWorkers: 4)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.stop) == [.cancel(1, .stopped)])
        #expect(scheduler.handle(.failed(0)) == [.finish])
        #expect(scheduler.handle(.stop) == [])
        #expect(scheduler.wasStopped)
    }

    @Test func readersStartWithTheResultAndFollowersWithTheStoredOutput() throws {
        var scheduler = try scheduler(reading: [[], [0], []], followers: [[], [], [0]], maxWorkers: 4)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [.store(0), .run(1)])
        #expect(scheduler.handle(.completed(0)) == [.run(2)])
        #expect(scheduler.finish(1) == [])
        #expect(scheduler.finish(2) == [.finish])
    }

    @Test func restoredNodesDoNotRunAndHoldUpNobody() throws {
        var scheduler = try scheduler([[], [0], [1], [1]], maxWorkers: 4)
        scheduler.restore(0)
        scheduler.restore(1)
        scheduler.restore(3)
        #expect(scheduler.handle(.start) == [.run(2)])
        #expect(scheduler.finish(2) == [.finish])
    }

    @Test func emptyPipelineFinishesAtOnce() throws {
        var scheduler = try scheduler([])
        #expect(scheduler.handle(.start) == [.finish])
    }
}

extension Scheduler {
    /// What to do about an event.
    mutating func handle(_ event: Event) -> [Action] {
        var actions: [Action] = []
        handle(event, into: &actions)
        return actions
    }

    /// Computes and stores a node; what follows besides its storing.
    mutating func finish(_ node: Int) -> [Action] {
        handle(.computed(node)).filter { $0 != .store(node) } + handle(.completed(node))
    }
}
