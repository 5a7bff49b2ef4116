public import TauroModel

/// Turns the dependencies that configuration states into a graph and an order.
///
/// The seed's names; graphs are `name → the nodes that depend on it`, isolated nodes keep an empty set.
public enum DependencyResolver {
    /// Maps each node of a pipeline to the nodes that depend on it.
    ///
    /// - Throws: `DependencyError` for a dependency that is not in the pipeline.
    public static func buildDependencyGraph(
        pipelineNodes: [String],
        nodeConfigs: [String: NodeDefinition]
    ) throws -> [String: Set<String>] {
        var graph = Dictionary(pipelineNodes.map { ($0, Set<String>()) }, uniquingKeysWith: { first, _ in first })
        for name in pipelineNodes {
            for dependency in nodeConfigs[name].map(getNodeDependencies) ?? [] {
                guard graph[dependency] != nil else {
                    throw DependencyError(
                        message: "Node '\(name)' depends on '\(dependency)' which is not in the pipeline",
                        node: name
                    )
                }
                graph[dependency]?.insert(name)
            }
        }
        return graph
    }

    /// An order in which every node stands after what it waits for.
    ///
    /// Ties follow `preferredOrder` where it names the nodes, else the alphabet, so that the order is reproducible.
    /// - Throws: `CircularDependencyError`.
    public static func topologicalSort(_ graph: [String: Set<String>], preferredOrder: [String] = []) throws -> [String]
    {
        let preferred = preferredOrder.filter { graph[$0] != nil }
        let names = preferred + Set(graph.keys).subtracting(preferred).sorted()
        let indexes = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var dependencies = [[Int]](repeating: [], count: names.count)
        for (index, name) in names.enumerated() {
            for dependent in graph[name] ?? [] {
                if let target = indexes[dependent] { dependencies[target].append(index) }
            }
        }
        let dependencyGraph = DependencyGraph(names: names, dependencies: dependencies)
        return try dependencyGraph.topologicalOrder().map { names[$0] }
    }

    /// The names a node states as its dependencies, each once, in the order of the file.
    public static func getNodeDependencies(_ node: NodeDefinition) -> [String] {
        var seen: Set<String> = []
        return node.dependencies.map(\.value).filter { seen.insert($0).inserted }
    }
}
