import TauroModel

/// Nodes by index and the edges between them, stored as two flat lists so that a graph of any size stays compact.
package struct DependencyGraph: Sendable {
    /// The nodes' names in the order of the file.
    package let names: [String]
    private let upstream: Adjacency
    private let downstream: Adjacency

    /// Creates a graph; `dependencies[i]` lists the nodes that node `i` waits for, possibly repeated.
    package init(names: [String], dependencies: [[Int]]) {
        self.names = names
        self.upstream = Adjacency(dependencies.map { Array(Set($0)).sorted() })
        self.downstream = upstream.reversed()
    }

    /// The nodes that `node` waits for, ascending.
    package func dependencies(of node: Int) -> ArraySlice<Int> { upstream[node] }

    /// The nodes that wait for `node`, ascending.
    package func dependents(of node: Int) -> ArraySlice<Int> { downstream[node] }

    /// An order in which every node stands after what it waits for; ties in the order of the file.
    ///
    /// - Throws: `CircularDependencyError` with the shortest cycle through the first node of the file that is in one.
    package func topologicalOrder() throws -> [Int] {
        var waiting = names.indices.map { upstream[$0].count }
        var ready = MinHeap<Int>()
        for node in names.indices where waiting[node] == 0 { ready.push(node) }
        var order: [Int] = []
        order.reserveCapacity(names.count)
        while let node = ready.pop() {
            order.append(node)
            for dependent in downstream[node] {
                waiting[dependent] -= 1
                if waiting[dependent] == 0 { ready.push(dependent) }
            }
        }
        guard order.count == names.count else { throw CircularDependencyError(cycle: cycle(among: waiting)) }
        return order
    }

    /// How many nodes the longest chain from each node to an end of the graph has, itself included.
    package func pathLengths(order: [Int]) -> [Int] {
        var lengths = [Int](repeating: 1, count: names.count)
        for node in order.reversed() {
            lengths[node] = 1 + (downstream[node].map { lengths[$0] }.max() ?? 0)
        }
        return lengths
    }

    /// 0 for a node that waits for nothing, else one more than the highest level it waits for.
    package func levels(order: [Int]) -> [Int] {
        var levels = [Int](repeating: 0, count: names.count)
        for node in order {
            levels[node] = (upstream[node].map { levels[$0] + 1 }.max() ?? 0)
        }
        return levels
    }

    /// The names of the shortest cycle through the first node that still waits and can reach itself.
    private func cycle(among waiting: [Int]) -> [String] {
        for start in names.indices where waiting[start] > 0 {
            if let path = shortestPath(from: start, among: waiting) { return path.map { names[$0] } }
        }
        return []
    }

    /// The nodes on the shortest way from `start` back to itself along edges between nodes that still wait.
    private func shortestPath(from start: Int, among waiting: [Int]) -> [Int]? {
        var cameFrom: [Int: Int] = [:]
        var frontier = [start]
        while !frontier.isEmpty {
            var next: [Int] = []
            for node in frontier {
                for dependent in downstream[node] where waiting[dependent] > 0 {
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

/// Lists of neighbours laid end to end.
private struct Adjacency: Sendable {
    private var starts: [Int] = [0]
    private var targets: [Int] = []

    init(_ lists: [[Int]]) {
        for list in lists {
            targets.append(contentsOf: list)
            starts.append(targets.count)
        }
    }

    subscript(node: Int) -> ArraySlice<Int> { targets[starts[node]..<starts[node + 1]] }

    /// The same edges seen from their other end.
    func reversed() -> Adjacency {
        var lists = [[Int]](repeating: [], count: starts.count - 1)
        for node in 0..<(starts.count - 1) {
            for target in self[node] { lists[target].append(node) }
        }
        return Adjacency(lists)
    }
}
