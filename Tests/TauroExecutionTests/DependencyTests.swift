import TauroModel
import TauroTesting
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

    @Test func readingAnOutputIsADependencyToo() throws {
        var reader = definition("reader", after: ["setup"])
        reader.inputs = [Located("bronze.flights"), Located("planes")]
        var writer = definition("writer", after: [])
        writer.outputs = [Located("bronze.flights")]
        var grower = definition("grower", after: [])
        grower.inputs = [Located("gold.total")]
        grower.outputs = [Located("gold.total")]
        let nodes = ["reader": reader, "writer": writer, "setup": definition("setup", after: []), "grower": grower]
        let graph = try DependencyResolver.buildDependencyGraph(
            pipelineNodes: ["reader", "writer", "setup", "grower"],
            nodeConfigs: nodes
        )
        #expect(graph == ["reader": [], "writer": ["reader"], "setup": ["reader"], "grower": []])
        #expect(try DependencyResolver.topologicalSort(graph) == ["writer", "setup", "reader", "grower"])
    }

    @Test func everyDependencyOutsideThePipelineIsNamed() {
        let nodes = ["a": definition("a", after: ["zz", "b"]), "b": definition("b", after: ["yy"])]
        let error = #expect(throws: DependencyError.self) {
            try DependencyResolver.buildDependencyGraph(pipelineNodes: ["a", "b"], nodeConfigs: nodes)
        }
        #expect(
            error?.message == """
                Node 'a' depends on 'zz' which is not in the pipeline
                Node 'b' depends on 'yy' which is not in the pipeline
                """
        )
        #expect(error?.node == "a")
    }

    @Test func sortingAMapOfACycleHasTheSeedsText() {
        let error = #expect(throws: CircularDependencyError.self) {
            try DependencyResolver.topologicalSort(["node1": ["node2"], "node2": ["node1"]])
        }
        #expect(error?.message == "Circular dependency detected: node1 <-> node2")
    }

    @Test func everyCycleIsFoundOnce() {
        let graph = DependencyGraph(
            names: ["late", "a", "b", "self", "x", "y", "z", "between"],
            dependencies: [[7], [2], [1], [3], [6], [4], [5], [1, 5]]
        )
        #expect(graph.cycles().map { $0.map { graph.names[$0] } } == [["a", "b"], ["self"], ["x", "y", "z"]])
    }

    @Test func cycleAtTheEndOfALongChainIsFoundQuickly() {
        let size = 100_000
        let dependencies = (0..<size).map { $0 == size - 1 ? [$0] : [$0 + 1] }
        let graph = DependencyGraph(names: (0..<size).map { "n\($0)" }, dependencies: dependencies)
        #expect(graph.cycles() == [[size - 1]])
    }

    @Test(arguments: 0..<50) func cutEdgesLeaveNoCycle(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var dependencies = (0..<40).map { _ in (0..<2).map { _ in Int.random(in: 0..<40, using: &generator) } }
        let names = (0..<40).map { "n\($0)" }
        while true {
            let graph = DependencyGraph(names: names, dependencies: dependencies)
            let cycles = graph.cycles()
            if cycles.isEmpty {
                #expect(try graph.topologicalOrder().count == 40)
                return
            }
            let error = #expect(throws: CircularDependencyError.self) { try graph.topologicalOrder() }
            #expect(error?.cycle == cycles[0].map { names[$0] })
            for cycle in cycles {
                let last = try #require(cycle.last)
                #expect(dependencies[cycle[0]].contains(last))
                dependencies[cycle[0]].removeAll { $0 == last }
            }
        }
    }
}
