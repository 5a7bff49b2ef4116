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
        let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        var producers = OutputProducers()
        for (place, name) in names.enumerated() { producers.add(nodeConfigs[name]?.outputs ?? [], at: place) }
        var dependents = [[String]](repeating: [], count: names.count)
        var unknown: [(node: String, dependency: String)] = []
        for (place, name) in names.enumerated() {
            guard let node = nodeConfigs[name] else { continue }
            var upstream = Set((node.inputs ?? []).compactMap { producers.producer(of: $0.value, for: place) })
            for dependency in getNodeDependencies(node) {
                if let stated = places[dependency] { upstream.insert(stated) } else { unknown.append((name, dependency)) }
            }
            for needed in upstream { dependents[needed].append(name) }
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
    public static func getNodeDependencies(_ node: NodeDefinition) -> [String] { unique(node.dependencies.map(\.value)) }

    static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The sentence about a dependency that the pipeline does not have, in the original's words.
    static func outsidePipeline(_ dependency: String, of node: String) -> String {
        "Node '\(node)' depends on '\(dependency)' which is not in the pipeline"
    }
}
