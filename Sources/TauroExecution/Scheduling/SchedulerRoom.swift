/// What there is room for: workers, places in pools, memory.
struct SchedulerRoom: Sendable {
    /// How many more nodes may run.
    var workers: Int
    private var pools: [Int]
    private var memory: Int64?
    /// How many nodes that state their memory run.
    private var memoryUsers = 0

    init(workers: Int, pools: [Int], memory: Int64?) {
        self.workers = workers
        self.pools = pools
        self.memory = memory
    }

    /// What a node that could start may count on.
    var room: ReadyNodes.Room {
        ReadyNodes.Room(pools: pools, memory: memory, isMemoryUnused: memoryUsers == 0)
    }

    /// Takes a node's place in its pool, and its memory.
    mutating func enter(_ node: ScheduleGraph.Node) { count(node, 1) }

    /// Gives back what `enter` took.
    mutating func leave(_ node: ScheduleGraph.Node) { count(node, -1) }

    private mutating func count(_ node: ScheduleGraph.Node, _ step: Int) {
        if let pool = node.pool { pools[Int(pool)] -= step }
        guard let needed = node.memory else { return }
        memoryUsers += step
        if let free = memory { memory = free - needed * Int64(step) }
    }
}
