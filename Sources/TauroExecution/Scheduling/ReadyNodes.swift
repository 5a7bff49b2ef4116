/// The nodes that could start, in the order in which they should: by priority, then the longest path, then their places.
///
/// Nodes of one pool wait in a queue of their own, so that a full pool holds up nobody else; so do those that state how
/// much memory they need.
struct ReadyNodes: Sendable {
    /// What there is room for.
    struct Room {
        /// How many more nodes of each pool may start.
        let pools: [Int]
        /// How many bytes of memory are free; nil where nobody limits them.
        let memory: Int64?
        /// Whether no node that states its memory runs: then one may start whatever it states.
        let isMemoryUnused: Bool
    }

    private struct Entry: Comparable, Sendable {
        let pathCost: Int64
        let priority: Int32
        let node: Int32

        static func < (left: Entry, right: Entry) -> Bool {
            if left.priority != right.priority { return left.priority > right.priority }
            if left.pathCost != right.pathCost { return left.pathCost > right.pathCost }
            return left.node < right.node
        }
    }

    /// Two queues for those without a pool, then two for each pool: without and with a statement of memory.
    private var queues: [MinHeap<Entry>]

    init(poolCount: Int) { queues = Array(repeating: MinHeap(), count: 2 * (poolCount + 1)) }

    /// Adds a node.
    mutating func push(_ node: Int, _ wishes: ScheduleGraph.Node) {
        let entry = Entry(pathCost: wishes.pathCost, priority: wishes.priority, node: Int32(node))
        queues[2 * (wishes.pool.map { Int($0) + 1 } ?? 0) + (wishes.memory == nil ? 0 : 1)].push(entry)
    }

    /// Takes the first node that there is room for; nil if there is none.
    ///
    /// `phases` says which nodes still wait for their turn. A node that has to wait for memory lets none that asks for
    /// memory go before it, however little, because it would wait for ever.
    mutating func pop(_ room: SchedulerRoom, _ graph: ScheduleGraph, _ phases: [Scheduler.Phase]) -> Int? {
        guard queues.count == 2, queues[1].isEmpty else { return pop(room.room, graph, phases) }
        guard let entry = firstReady(0, phases) else { return nil }
        _ = queues[0].pop()
        return Int(entry.node)
    }

    /// The same where there are pools, or nodes that state their memory.
    private mutating func pop(_ room: Room, _ graph: ScheduleGraph, _ phases: [Scheduler.Phase]) -> Int? {
        var best: (queue: Int, entry: Entry)?
        for queue in queues.indices where queue < 2 || room.pools[queue / 2 - 1] > 0 {
            guard let entry = firstReady(queue, phases) else { continue }
            if best.map({ entry < $0.entry }) ?? true { best = (queue, entry) }
        }
        guard let best else { return nil }
        if fits(best.entry, room, graph) {
            _ = queues[best.queue].pop()
            return Int(best.entry.node)
        }
        return popWithoutMemory(room)
    }

    /// The first of a queue, after those are taken out that were cancelled while they waited.
    private mutating func firstReady(_ queue: Int, _ phases: [Scheduler.Phase]) -> Entry? {
        while let entry = queues[queue].first {
            if phases[Int(entry.node)] == .ready { return entry }
            _ = queues[queue].pop()
        }
        return nil
    }

    private func fits(_ entry: Entry, _ room: Room, _ graph: ScheduleGraph) -> Bool {
        guard let needed = graph.node(Int(entry.node)).memory, let free = room.memory else { return true }
        return needed <= free || room.isMemoryUnused
    }

    /// The first node of those that ask for no memory; the queues' first nodes are ready.
    private mutating func popWithoutMemory(_ room: Room) -> Int? {
        let open = stride(from: 0, to: queues.count, by: 2).filter { $0 < 2 || room.pools[$0 / 2 - 1] > 0 }
        let candidates = open.compactMap { queue in queues[queue].first.map { (queue: queue, entry: $0) } }
        guard let best = candidates.min(by: { $0.entry < $1.entry }) else { return nil }
        _ = queues[best.queue].pop()
        return Int(best.entry.node)
    }

    /// Whether no node waits here for its turn.
    mutating func isEmpty(_ phases: [Scheduler.Phase]) -> Bool {
        for queue in queues.indices where firstReady(queue, phases) != nil { return false }
        return true
    }

    /// Forgets all nodes.
    mutating func removeAll() { for queue in queues.indices { queues[queue] = MinHeap() } }
}
