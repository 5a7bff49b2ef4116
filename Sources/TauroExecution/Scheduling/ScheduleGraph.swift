package import TauroModel

/// What a scheduler needs to know of a plan: who waits for whom, and what each node asks for.
///
/// Flat arrays, so that a million nodes take little memory. Nodes are known by their places.
package struct ScheduleGraph: Sendable {
    /// What a node asks for.
    package struct Node: Sendable, Equatable {
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

    /// What nodes ask for, path costs aside, and the place of each node's among them; no places where all ask for the same.
    private let wishes: [Node]
    private let wishPlaces: [Int32]
    private let pathCosts: [Int64]
    /// How many nodes each waits for.
    let dependencyCounts: [Int32]
    /// The nodes that wait for others: of each node first its readers, then its followers.
    private let targets: [Int32]
    /// Where a node's readers begin, where its followers begin, and so on for the next nodes.
    private let starts: [Int32]

    /// Creates a graph; `readers` of a node wait for its result, `followers` until it is stored.
    package init(nodes: [Node], readers: [[Int]], followers: [[Int]]) {
        self.init(nodes) { visit in
            for node in nodes.indices {
                for reader in readers[node] { visit(node, reader, true) }
                for follower in followers[node] { visit(node, follower, false) }
            }
        }
    }

    /// The graph of planned nodes.
    private init(_ nodes: some Collection<Node>, plan: [PlannedNode]) {
        self.init(nodes) { visit in
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

    /// Creates a graph of the edges that `visitEdges` gives twice, in the same order: source, target, is the target a reader.
    ///
    /// They are counted first and then put in place, so that there is no list for each node.
    private init(_ nodes: some Collection<Node>, visitEdges: ((Int, Int, Bool) -> Void) -> Void) {
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
        let asked = Self.wishes(of: nodes)
        wishes = asked.wishes
        wishPlaces = asked.wishes.count > 1 ? asked.places : []
        pathCosts = nodes.map(\.pathCost)
        self.dependencyCounts = counts
        self.targets = targets
        self.starts = starts
    }

    private static func wishes(of nodes: some Collection<Node>) -> (wishes: [Node], places: [Int32]) {
        var wishes: [Node] = []
        var places: [Int32] = []
        places.reserveCapacity(nodes.count)
        for var node in nodes {
            node.pathCost = 0
            // Most nodes ask for what the one before did; the others' wishes may be there twice, which does no harm.
            if places.isEmpty || wishes[Int(places[places.count - 1])] != node { wishes.append(node) }
            places.append(Int32(wishes.count - 1))
        }
        return (wishes, places)
    }

    /// How many nodes there are.
    var count: Int { pathCosts.count }

    /// What a node asks for.
    func node(_ place: Int) -> Node {
        var node = wishes[wishPlaces.isEmpty ? 0 : Int(wishPlaces[place])]
        node.pathCost = pathCosts[place]
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
        let nodes = plan.nodes.indices.lazy.map { place in
            let node = plan.nodes[place]
            return Node(
                pathCost: pathCosts?[place] ?? Int64(node.pathLength),
                priority: Int32(clamping: node.execution.priority),
                pool: node.execution.pool.flatMap { poolPlaces[$0] },
                memory: node.execution.memory,
                onFailure: node.execution.onFailure
            )
        }
        self.init(nodes, plan: plan.nodes)
    }
}
