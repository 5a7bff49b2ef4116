public import TauroModel

/// Turns the dependencies that configuration states into a graph and an order.
///
/// The names of the original. Safe from any thread.
public enum DependencyResolver {
    /// Maps each node of a pipeline to the nodes that depend on it, be it that they say so or that they read its output.
    ///
    /// - Throws: `DependencyError` that names every dependency outside the pipeline.
    public static func buildDependencyGraph(
        pipelineNodes: [String],
        nodeConfigs: [String: NodeDefinition]
    ) throws(DependencyError) -> DependencyMap {
        let names = unique(pipelineNodes)
        let (upstream, unknown) = upstream(of: names.map { (name: $0, definition: nodeConfigs[$0]) })
        var dependents = [[String]](repeating: [], count: names.count)
        for (name, needed) in zip(names, upstream) {
            for place in needed { dependents[place].append(name) }
        }
        if let first = unknown.first {
            throw DependencyError(
                message: unknown.map { outsidePipeline($0.dependency, of: $0.node) }.joined(separator: "\n"),
                node: first.node
            )
        }
        return DependencyMap(zip(names, dependents))
    }

    /// An order in which every node stands after what it waits for; ties in the order of the map.
    ///
    /// - Throws: `CircularDependencyError`.
    public static func topologicalSort(_ graph: DependencyMap) throws(CircularDependencyError) -> [String] {
        let places = Dictionary(uniqueKeysWithValues: zip(graph.nodes, graph.nodes.indices))
        var dependencies = [[Int]](repeating: [], count: graph.nodes.count)
        for (place, name) in graph.nodes.enumerated() {
            for dependent in graph[name] ?? [] {
                if let target = places[dependent] { dependencies[target].append(place) }
            }
        }
        let order = try DependencyGraph(names: graph.nodes, dependencies: dependencies).topologicalOrder()
        return order.map { graph.nodes[$0] }
    }

    /// The names a node states as its dependencies, each once, in the order of the file.
    public static func getNodeDependencies(_ node: NodeDefinition) -> [String] {
        unique(node.dependencies.map(\.value))
    }

    /// For each node the places of those it waits for, ascending, and the dependencies that are none of the nodes.
    static func upstream(
        of nodes: [(name: String, definition: NodeDefinition?)]
    ) -> (places: [[Int]], unknown: [(node: String, dependency: String)]) {
        let places = Dictionary(zip(nodes.map(\.name), nodes.indices), uniquingKeysWith: { first, _ in first })
        let producers = OutputProducers(nodes.map(\.definition))
        var unknown: [(node: String, dependency: String)] = []
        let upstream = nodes.enumerated().map { place, node -> [Int] in
            guard let definition = node.definition else { return [] }
            var needed = Set((definition.inputs ?? []).compactMap { producers.producer(of: $0.value, for: place) })
            for dependency in getNodeDependencies(definition) {
                if let stated = places[dependency] {
                    needed.insert(stated)
                } else {
                    unknown.append((node.name, dependency))
                }
            }
            return needed.sorted()
        }
        return (upstream, unknown)
    }

    static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The sentence about a dependency that the pipeline does not have, in the original's words.
    static func outsidePipeline(_ dependency: String, of node: String) -> String {
        "Node '\(node)' depends on '\(dependency)' which is not in the pipeline"
    }
}
