import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite struct SchedulerTests {
    private func nodes(_ dependencies: [[Int]]) throws -> [Scheduler.Node] {
        let graph = DependencyGraph(names: dependencies.indices.map { "n\($0)" }, dependencies: dependencies)
        let lengths = graph.pathLengths(order: try graph.topologicalOrder())
        return dependencies.indices.map { node in
            Scheduler.Node(
                dependencyCount: graph.dependencies(of: node).count,
                followers: Array(graph.dependents(of: node)),
                pathLength: lengths[node]
            )
        }
    }

    @Test func longestPathStartsFirst() throws {
        var scheduler = Scheduler(nodes: try nodes([[], [], [1], [2]]), maxWorkers: 1)
        #expect(scheduler.handle(.start) == [.run(1)])
    }

    @Test func neverMoreThanMaxWorkersRun() throws {
        var scheduler = Scheduler(nodes: try nodes([[], [], [], []]), maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(1)])
        #expect(scheduler.handle(.completed(1)) == [.run(2)])
    }

    @Test func failureLetsRunningNodesFinishAndCancelsTheRest() throws {
        var scheduler = Scheduler(nodes: try nodes([[], [], [0], [1]]), maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0), .run(1)])
        #expect(scheduler.handle(.failed(0)) == [.cancel(2, .failure(of: 0)), .cancel(3, .failure(of: 0))])
        #expect(scheduler.handle(.completed(1)) == [.finish])
    }

    @Test func failureThatSkipsDependentsLeavesTheOthersAlone() {
        let nodes = [
            Scheduler.Node(dependencyCount: 0, readers: [2], pathLength: 3, onFailure: .skipDependents),
            Scheduler.Node(dependencyCount: 0, followers: [4], pathLength: 2),
            Scheduler.Node(dependencyCount: 1, followers: [3], pathLength: 2),
            Scheduler.Node(dependencyCount: 1, pathLength: 1),
            Scheduler.Node(dependencyCount: 1, pathLength: 1),
        ]
        var scheduler = Scheduler(nodes: nodes, maxWorkers: 1)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(
            scheduler.handle(.failed(0)) == [.cancel(2, .failure(of: 0)), .cancel(3, .failure(of: 0)), .run(1)]
        )
        #expect(scheduler.handle(.completed(1)) == [.run(4)])
        #expect(scheduler.handle(.completed(4)) == [.finish])
        #expect(!scheduler.wasStopped)
    }

    @Test func readyNodeWhoseProducerCouldNotBeStoredIsNotStarted() {
        let nodes = [
            Scheduler.Node(dependencyCount: 0, readers: [1], pathLength: 2, onFailure: .skipDependents),
            Scheduler.Node(dependencyCount: 1, pathLength: 1),
        ]
        var scheduler = Scheduler(nodes: nodes, maxWorkers: 1)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [])
        #expect(scheduler.handle(.failed(0)) == [.cancel(1, .failure(of: 0)), .finish])
    }

    @Test func blockedNodeTakesItsDependentsAlongWhateverItsPolicy() {
        let nodes = [
            Scheduler.Node(dependencyCount: 0, readers: [1], pathLength: 3, onFailure: .skipDependents),
            Scheduler.Node(dependencyCount: 1, followers: [2], pathLength: 2),
            Scheduler.Node(dependencyCount: 1, pathLength: 1),
        ]
        var scheduler = Scheduler(nodes: nodes, maxWorkers: 2)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [.run(1)])
        #expect(scheduler.handle(.failed(0)) == [])
        #expect(scheduler.handle(.blocked(1, by: 0)) == [.cancel(2, .failure(of: 0)), .finish])
        #expect(!scheduler.wasStopped)
    }

    @Test func stopCancelsWhatHasNotStarted() throws {
        var scheduler = Scheduler(nodes: try nodes([[], [0]]), maxWorkers: 4)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.stop) == [.cancel(1, .stopped)])
        #expect(scheduler.handle(.failed(0)) == [.finish])
        #expect(scheduler.handle(.stop) == [])
    }

    @Test func readersStartWithTheResultAndFollowersWithTheStoredOutput() {
        let nodes = [
            Scheduler.Node(dependencyCount: 0, readers: [1], followers: [2], pathLength: 2),
            Scheduler.Node(dependencyCount: 1, pathLength: 1),
            Scheduler.Node(dependencyCount: 1, pathLength: 1),
        ]
        var scheduler = Scheduler(nodes: nodes, maxWorkers: 4)
        #expect(scheduler.handle(.start) == [.run(0)])
        #expect(scheduler.handle(.computed(0)) == [.run(1)])
        #expect(scheduler.handle(.completed(0)) == [.run(2)])
        #expect(scheduler.handle(.completed(1)) == [])
        #expect(scheduler.handle(.completed(2)) == [.finish])
    }

    @Test func emptyPipelineFinishesAtOnce() {
        var scheduler = Scheduler(nodes: [], maxWorkers: 4)
        #expect(scheduler.handle(.start) == [.finish])
    }

    /// Plays random graphs with random failures and stops; every node ends exactly once, and never before its time.
    @Test(arguments: 0..<300) func everyNodeEndsExactlyOnce(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let dependencies = generator.graph(nodes: Int.random(in: 1...40, using: &generator))
        let workers = Int.random(in: 1...5, using: &generator)
        var scheduler = Scheduler(nodes: try nodes(dependencies), maxWorkers: workers)
        var running: Set<Int> = []
        var completed: Set<Int> = []
        var ended: [Int: Int] = [:]
        var finished = false
        var actions = scheduler.handle(.start)
        while true {
            for action in actions {
                switch action {
                case .run(let node):
                    #expect(dependencies[node].allSatisfy { completed.contains($0) })
                    running.insert(node)
                case .cancel(let node, _): ended[node, default: 0] += 1
                case .finish: finished = true
                }
            }
            #expect(running.count <= workers)
            guard let node = running.sorted().randomElement(using: &generator) else { break }
            running.remove(node)
            ended[node, default: 0] += 1
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: actions = scheduler.handle(.failed(node))
            case 1: actions = scheduler.handle(.stop) + scheduler.handle(.failed(node))
            default:
                completed.insert(node)
                actions = scheduler.handle(.completed(node))
            }
        }
        #expect(finished)
        #expect(ended == Dictionary(uniqueKeysWithValues: dependencies.indices.map { ($0, 1) }))
    }
}
