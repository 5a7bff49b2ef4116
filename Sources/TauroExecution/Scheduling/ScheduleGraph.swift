package import TauroModel

/// What a scheduler needs to know of a plan: who waits for whom, and what each node asks for.
///
/// Flat arrays, so that a million nodes take little memory. Nodes are known by their places.
package struct ScheduleGraph: Sendable {
    /// What a node asks for.
    package struct Node: Sendable, Hashable {
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

    /// What nodes ask for, path costs aside.
    private let wishes: SharedValues<Node>
    /// In less memory than they are told in: seven digits are enough to say which chain is the longer one.
    private let pathCosts: [Float]
    /// The nodes that wait for others: of each node first its readers, then its followers.
    private let targets: [Int32]
    /// Where a node's readers begin, where its followers begin, and so on for the next nodes; one more than is asked for.
    private let starts: [Int32]

    /// Creates a graph; `readers` of a node wait for its result, `followers` until it is stored.
    package init(nodes: [Node], readers: [[Int]], followers: [[Int]]) {
        var wishes = SharedValues<Node>(capacity: nodes.count)
        for var node in nodes {
            node.pathCost = 0
            wishes.append(node)
        }
        self.init(wishes, nodes.map { Float($0.pathCost) }) { visit in
            for node in nodes.indices {
                for reader in readers[node] { visit(node, reader, true) }
                for follower in followers[node] { visit(node, follower, false) }
            }
        }
    }

    /// Creates a graph of the edges that `visitEdges` gives twice, in the same order: source, target, is the target a reader.
    ///
    /// They are counted first and then put in place, so that there is no list for each node.
    private init(
        _ wishes: SharedValues<Node>,
        _ pathCosts: [Float],
        visitEdges: ((Int, Int, Bool) -> Void) -> Void
    ) {
        // Counted two places further on, a list's beginning is where that of the list before ends, once that is filled.
        var starts = [Int32](repeating: 0, count: 2 * pathCosts.count + 2)
        visitEdges { source, _, isReader in starts[2 * source + (isReader ? 2 : 3)] += 1 }
        for list in starts.indices.dropFirst() { starts[list] += starts[list - 1] }
        var targets = [Int32](repeating: 0, count: Int(starts.last ?? 0))
        visitEdges { source, target, isReader in
            let list = 2 * source + (isReader ? 1 : 2)
            targets[Int(starts[list])] = Int32(target)
            starts[list] += 1
        }
        self.wishes = wishes
        self.pathCosts = pathCosts
        self.targets = targets
        self.starts = starts
    }

    /// How many nodes there are.
    var count: Int { pathCosts.count }

    /// How many nodes each waits for.
    func dependencyCounts() -> [Int32] {
        var counts = [Int32](repeating: 0, count: count)
        for target in targets { counts[Int(target)] += 1 }
        return counts
    }

    /// What a node asks for.
    func node(_ place: Int) -> Node {
        var node = wishes[place]
        node.pathCost = Int64(exactly: pathCosts[place]) ?? .max
        return node
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
        self.init(
            Self.wishes(of: plan, poolPlaces),
            pathCosts.map { $0.map(Float.init) } ?? plan.nodes.map { Float($0.pathLength) }
        ) { visit in
            for (place, node) in plan.nodes.enumerated() {
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

    private static func wishes(of plan: ExecutionPlan, _ poolPlaces: [String: Int32]) -> SharedValues<Node> {
        var wishes = SharedValues<Node>(capacity: plan.nodes.count)
        var last: PlannedExecution?
        for node in plan.nodes {
            let execution = node.execution
            if execution == last {
                wishes.repeatLast()
                continue
            }
            last = execution
            wishes.append(
                Node(
                    pathCost: 0,
                    priority: Int32(clamping: execution.priority),
                    pool: execution.pool.flatMap { poolPlaces[$0] },
                    memory: execution.memory,
                    onFailure: execution.onFailure
                )
            )
        }
        return wishes
    }
}
