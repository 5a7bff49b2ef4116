package import TauroModel

/// Nodes by index and the edges between them, stored as two flat lists so that a graph of any size stays compact.
package struct DependencyGraph: Sendable {
    /// The nodes' names in the order of the file.
    package let names: [String]
    private let upstream: Adjacency
    private let downstream: Adjacency

    /// Creates a graph; `dependencies[i]` lists the nodes that node `i` waits for, possibly repeated.
    package init(names: [String], dependencies: [[Int]]) {
        self.names = names
        self.upstream = Adjacency(dependencies)
        self.downstream = upstream.reversed()
    }

    /// The nodes that `node` waits for, ascending.
    package func dependencies(of node: Int) -> ArraySlice<Int> { upstream[node] }

    /// The nodes that wait for `node`, ascending.
    package func dependents(of node: Int) -> ArraySlice<Int> { downstream[node] }

    /// An order in which every node stands after what it waits for; ties in the order of the file.
    ///
    /// - Throws: `CircularDependencyError` with the first of the graph's cycles.
    package func topologicalOrder() throws(CircularDependencyError) -> [Int] {
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
        if order.count < names.count {
            throw CircularDependencyError(cycle: (cycles().first ?? []).map { names[$0] })
        }
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
}

/// Lists of neighbours laid end to end, each ascending and without repetition.
private struct Adjacency: Sendable {
    private var starts: [Int]
    private var targets: [Int]

    init(_ lists: [[Int]]) {
        starts = [0]
        starts.reserveCapacity(lists.count + 1)
        targets = []
        targets.reserveCapacity(lists.reduce(0) { $0 + $1.count })
        for list in lists {
            let start = targets.count
            for target in list.sorted() where targets.count == start || targets[targets.count - 1] != target {
                targets.append(target)
            }
            starts.append(targets.count)
        }
    }

    private init(starts: [Int], targets: [Int]) {
        self.starts = starts
        self.targets = targets
    }

    subscript(node: Int) -> ArraySlice<Int> { targets[starts[node]..<starts[node + 1]] }

    /// The same edges seen from their other end.
    func reversed() -> Adjacency {
        var ends = [Int](repeating: 0, count: starts.count)
        for target in targets { ends[target + 1] += 1 }
        for node in ends.indices.dropFirst() { ends[node] += ends[node - 1] }
        let starts = ends
        var sources = [Int](repeating: 0, count: targets.count)
        for node in self.starts.indices.dropLast() {
            for target in self[node] {
                sources[ends[target]] = node
                ends[target] += 1
            }
        }
        return Adjacency(starts: starts, targets: sources)
    }
}
