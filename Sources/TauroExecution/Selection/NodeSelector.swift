import TauroBasics
import TauroModel

/// Finds the nodes of a pipeline that selectors mean; nodes are places in the pipeline's list.
struct NodeSelector {
    private let definitions: [NodeDefinition]
    private let graph: DependencyGraph

    init(definitions: [NodeDefinition], graph: DependencyGraph) {
        self.definitions = definitions
        self.graph = graph
    }

    /// The nodes whose property the selector's pattern matches, without those around them.
    func matches(_ selector: Selector) -> Set<Int> {
        Set(
            definitions.indices.filter { index in
                values(of: selector.property, definitions[index]).contains { selector.pattern.matches($0) }
            }
        )
    }

    /// The nodes that a selector takes.
    func nodes(_ selector: Selector) -> Set<Int> {
        let matches = matches(selector)
        return
            matches
            .union(reached(from: matches, selector.upstream) { graph.dependencies(of: $0) })
            .union(reached(from: matches, selector.downstream) { graph.dependents(of: $0) })
    }

    /// The nodes that an expression takes.
    func nodes(_ expression: SelectorExpression) -> Set<Int> {
        expression.groups.reduce(into: []) { selected, group in
            var common = nodes(group[0])
            for selector in group.dropFirst() { common.formIntersection(nodes(selector)) }
            selected.formUnion(common)
        }
    }

    /// Every value that patterns for a property are held against, each once, in the order of the file.
    func known(_ property: Selector.Property) -> [String] {
        var seen: Set<String> = []
        return definitions.flatMap { values(of: property, $0) }.filter { seen.insert($0).inserted }
    }

    private func values(of property: Selector.Property, _ node: NodeDefinition) -> [String] {
        switch property {
        case .name: [node.name]
        case .tag: node.tags
        case .output: node.outputs.map(\.value)
        case .function: [node.function.value]
        }
    }

    private func reached(
        from start: Set<Int>,
        _ reach: Selector.Reach,
        _ neighbours: (Int) -> ArraySlice<Int>
    ) -> Set<Int> {
        var steps = if case .steps(let steps) = reach { steps } else { Int.max }
        var reached: Set<Int> = []
        var frontier = Array(start)
        while steps > 0, !frontier.isEmpty {
            frontier = frontier.flatMap(neighbours).filter { reached.insert($0).inserted }
            steps -= 1
        }
        return reached
    }
}
