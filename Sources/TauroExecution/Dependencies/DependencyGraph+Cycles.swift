extension DependencyGraph {
    /// One cycle for each set of nodes that can all reach each other, in the order of their first nodes.
    ///
    /// Each is the shortest one through the set's first node of the file, in which it begins; every node in it waits for
    /// the one before it. Two cycles of this list share no node, so that each has to be cut on its own.
    package func cycles() -> [[Int]] {
        var search = ComponentSearch(self)
        search.run()
        var firsts: [Int: Int] = [:]
        for node in names.indices where firsts[search.components[node]] == nil {
            firsts[search.components[node]] = node
        }
        return firsts.values.sorted().compactMap { shortestCycle(through: $0, in: search.components) }
    }

    /// The shortest way from a node back to itself inside its component.
    private func shortestCycle(through start: Int, in components: [Int]) -> [Int]? {
        var cameFrom: [Int: Int] = [:]
        var frontier = [start]
        while !frontier.isEmpty {
            var next: [Int] = []
            for node in frontier {
                for dependent in dependents(of: node) where components[dependent] == components[start] {
                    if dependent == start { return path(to: node, from: start, cameFrom) }
                    if cameFrom[dependent] == nil {
                        cameFrom[dependent] = node
                        next.append(dependent)
                    }
                }
            }
            frontier = next
        }
        return nil
    }

    private func path(to end: Int, from start: Int, _ cameFrom: [Int: Int]) -> [Int] {
        var path = [end]
        while let last = path.last, last != start, let previous = cameFrom[last] { path.append(previous) }
        return path.reversed()
    }
}

/// Finds the sets of nodes that can reach each other, in time linear in nodes and edges.
///
/// Tarjan, "Depth-first search and linear graph algorithms" (1972), with a stack of its own in place of recursion, since a
/// chain may be as long as the pipeline.
private struct ComponentSearch {
    /// The number of each node's set.
    private(set) var components: [Int]
    private let graph: DependencyGraph
    /// When a node was first met, from 1.
    private var numbers: [Int]
    /// The earliest node that is known to be reachable from each.
    private var earliest: [Int]
    private var open: [Int] = []
    private var path: [(node: Int, rest: ArraySlice<Int>)] = []
    private var count = 0

    init(_ graph: DependencyGraph) {
        self.graph = graph
        let size = graph.names.count
        components = [Int](repeating: -1, count: size)
        numbers = [Int](repeating: 0, count: size)
        earliest = [Int](repeating: 0, count: size)
    }

    mutating func run() {
        for node in graph.names.indices where numbers[node] == 0 {
            enter(node)
            while let step = path.last { advance(step.node) }
        }
    }

    private mutating func enter(_ node: Int) {
        count += 1
        numbers[node] = count
        earliest[node] = count
        open.append(node)
        path.append((node, graph.dependents(of: node)))
    }

    private mutating func advance(_ node: Int) {
        if let next = path[path.count - 1].rest.popFirst() {
            if numbers[next] == 0 {
                enter(next)
            } else if components[next] < 0 {
                earliest[node] = min(earliest[node], numbers[next])
            }
            return
        }
        path.removeLast()
        if let parent = path.last?.node { earliest[parent] = min(earliest[parent], earliest[node]) }
        if earliest[node] == numbers[node] { close(node) }
    }

    private mutating func close(_ root: Int) {
        while let node = open.popLast() {
            components[node] = root
            if node == root { return }
        }
    }
}
