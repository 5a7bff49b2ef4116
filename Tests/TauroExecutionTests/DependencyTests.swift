import TauroModel
import Testing

@testable import TauroExecution

@Suite struct DependencyTests {
    private func definition(_ name: String, after dependencies: [String]) -> NodeDefinition {
        NodeDefinition(name: name, function: Located("f.\(name)"), dependencies: dependencies.map { Located($0) })
    }

    @Test func graphMapsNodesToTheirDependents() throws {
        let nodes = [
            "extract": definition("extract", after: []), "transform": definition("transform", after: ["extract"]),
            "model": definition("model", after: ["transform"]),
        ]
        let graph = try DependencyResolver.buildDependencyGraph(
            pipelineNodes: ["extract", "transform", "model"],
            nodeConfigs: nodes
        )
        #expect(graph == ["extract": ["transform"], "transform": ["model"], "model": []])
        #expect(try DependencyResolver.topologicalSort(graph) == ["extract", "transform", "model"])
    }

    @Test func dependencyOutsideThePipelineKeepsTheOriginalsWords() {
        let nodes = ["a": definition("a", after: ["zz"])]
        let error = #expect(throws: DependencyError.self) {
            try DependencyResolver.buildDependencyGraph(pipelineNodes: ["a"], nodeConfigs: nodes)
        }
        #expect(error?.message == "Node 'a' depends on 'zz' which is not in the pipeline")
    }

    @Test func tiesFollowTheOrderOfTheFile() throws {
        let graph = DependencyGraph(names: ["z", "m", "a", "end"], dependencies: [[], [], [], [0, 1, 2]])
        #expect(try graph.topologicalOrder() == [0, 1, 2, 3])
    }

    @Test func cycleOfTwoHasTheSeedsText() {
        let graph = DependencyGraph(names: ["node1", "node2"], dependencies: [[1], [0]])
        let error = #expect(throws: CircularDependencyError.self) { try graph.topologicalOrder() }
        #expect(error?.message == "Circular dependency detected: node1 <-> node2")
    }

    @Test func longCycleListsItsPathAndNothingElse() {
        // x waits for the cycle and is not part of it; s is before it.
        let graph = DependencyGraph(
            names: ["x", "s", "a", "b", "c"],
            dependencies: [[2], [], [4, 1], [2], [3]]
        )
        let error = #expect(throws: CircularDependencyError.self) { try graph.topologicalOrder() }
        #expect(error?.message == "Circular dependency detected: a -> b -> c -> a")
    }

    @Test func nodeThatWaitsForItselfIsACycleOfOne() {
        let graph = DependencyGraph(names: ["a"], dependencies: [[0]])
        let error = #expect(throws: CircularDependencyError.self) { try graph.topologicalOrder() }
        #expect(error?.message == "Circular dependency detected: a -> a")
    }

    @Test(arguments: 0..<50) func everyOrderRespectsEveryEdge(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let dependencies = generator.graph(nodes: 60)
        let graph = DependencyGraph(names: (0..<60).map { "n\($0)" }, dependencies: dependencies)
        let order = try graph.topologicalOrder()
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        #expect(Set(order).count == 60)
        for (node, needed) in dependencies.enumerated() {
            for dependency in needed { #expect(try #require(places[dependency]) < #require(places[node])) }
        }
    }

    @Test func pathLengthsAndLevelsFollowTheLongestChain() throws {
        let graph = DependencyGraph(names: ["a", "b", "c", "d"], dependencies: [[], [0], [1], [0]])
        let order = try graph.topologicalOrder()
        #expect(graph.pathLengths(order: order) == [3, 2, 1, 1])
        #expect(graph.levels(order: order) == [0, 1, 2, 1])
    }
}
