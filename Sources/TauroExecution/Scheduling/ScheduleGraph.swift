package import TauroModel

/// What a scheduler needs to know of a plan: who waits for whom, and what each node asks for.
///
/// Flat arrays, so that a million nodes take little memory. Nodes are known by their places.
package struct ScheduleGraph: Sendable {
    /// What a node asks for.
    package struct Node: Sendable {
        /// Among nodes that are ready those of a higher one start first.
        package var priority: Int32
        /// The place of its pool among the limits; nil for none.
        package var pool: Int32?
        /// What happens to the others when it fails.
        package var onFailure: FailurePolicy
        /// What the longest chain from here to an end costs, this node included: among nodes of one priority the longest
        /// goes first.
        package var pathCost: Int64
        /// How many bytes of memory it says it needs; nil where it says nothing.
        package var memory: Int64?

        package init(
            pathCost: Int64 = 1,
            priority: Int32 = 0,
            pool: Int32? = nil,
            memory: Int64? = nil,
            onFailure: FailurePolicy = .stop
        ) {
            self.priority = priority
            self.pool = pool
            self.onFailure = onFailure
            self.pathCost = pathCost
            self.memory = memory
        }
    }

    /// The nodes.
    package let nodes: [Node]
    /// How many nodes each waits for.
    let dependencyCounts: [Int32]
    /// The nodes that wait for others: of each node first its readers, then its followers.
    private let targets: [Int32]
    /// Where a node's readers begin, where its followers begin, and so on for the next nodes.
    private let starts: [Int32]

    /// Creates a graph; `readers` of a node wait for its result, `followers` until it is stored.
    package init(nodes: [Node], readers: [[Int]], followers: [[Int]]) {
        self.init(nodes: nodes) { visit in
            for node in nodes.indices {
                for reader in readers[node] { visit(node, reader, true) }
                for follower in followers[node] { visit(node, follower, false) }
            }
        }
    }

    /// The graph of planned nodes.
    private init(nodes: [Node], plan: [PlannedNode]) {
        self.init(nodes: nodes) { visit in
            for (place, node) in plan.enumerated() {
                // Both lists are ascending, and the one is a part of the other.
                var ordered = node.orderedAfter[...]
                for dependency in node.dependencies {
                    let isFollower = ordered.first == dependency
                    if isFollower { ordered.removeFirst() }
                    visit(dependency, place, !isFollower)
                }
            }
        }
    }

    /// Creates a graph of edges, which `visitEdges` gives twice in the same order: source, target, and whether the target
    /// is a reader. They are counted first and then put in place, so that there is no list for each node.
    private init(nodes: [Node], visitEdges: ((Int, Int, Bool) -> Void) -> Void) {
        var counts = [Int32](repeating: 0, count: nodes.count)
        var starts = [Int32](repeating: 0, count: 2 * nodes.count + 1)
        visitEdges { source, target, isReader in
            counts[target] += 1
            starts[2 * source + (isReader ? 1 : 2)] += 1
        }
        for list in starts.indices.dropFirst() { starts[list] += starts[list - 1] }
        var targets = [Int32](repeating: 0, count: Int(starts.last ?? 0))
        var next = starts
        visitEdges { source, target, isReader in
            let list = 2 * source + (isReader ? 0 : 1)
            targets[Int(next[list])] = Int32(target)
            next[list] += 1
        }
        self.nodes = nodes
        self.dependencyCounts = counts
        self.targets = targets
        self.starts = starts
    }

    /// The nodes that wait for a node's result.
    func readers(of node: Int) -> ArraySlice<Int32> { targets[Int(starts[2 * node])..<Int(starts[2 * node + 1])] }

    /// The nodes that wait until a node is stored.
    func followers(of node: Int) -> ArraySlice<Int32> { targets[Int(starts[2 * node + 1])..<Int(starts[2 * node + 2])] }

    /// All nodes that wait for a node.
    func dependents(of node: Int) -> ArraySlice<Int32> { targets[Int(starts[2 * node])..<Int(starts[2 * node + 2])] }
}

extension ScheduleGraph {
    /// The graph of a plan's nodes.
    ///
    /// `poolPlaces` says where the limit of each pool is; `pathCosts` what the longest chains cost where that is known, by
    /// place, else each node costs as much as any other.
    init(plan: ExecutionPlan, poolPlaces: [String: Int32], pathCosts: [Int64]? = nil) {
        let nodes = plan.nodes.enumerated().map { place, node in
            Node(
                pathCost: pathCosts?[place] ?? Int64(node.pathLength),
                priority: Int32(clamping: node.execution.priority),
                pool: node.execution.pool.flatMap { poolPlaces[$0] },
                memory: node.execution.memory,
                onFailure: node.execution.onFailure
            )
        }
        self.init(nodes: nodes, plan: plan.nodes)
    }
}
