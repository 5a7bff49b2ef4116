import TauroModel

/// What nodes returned, kept until the last node that reads it is done.
struct ResultStore {
    private var results: [Int: Dataset] = [:]
    private var readersLeft: [Int]

    init(plan: ExecutionPlan) {
        readersLeft = [Int](repeating: 0, count: plan.nodes.count)
        for node in plan.nodes {
            for producer in Self.producers(of: node) { readersLeft[producer] += 1 }
        }
    }

    /// Keeps a node's result if anyone will read it.
    mutating func keep(_ result: Dataset?, of node: Int) {
        if readersLeft[node] > 0 { results[node] = result }
    }

    /// The results that a node reads, by their producer.
    func results(for node: PlannedNode) -> [Int: Dataset] {
        var found: [Int: Dataset] = [:]
        for producer in Self.producers(of: node) { found[producer] = results[producer] }
        return found
    }

    /// Notes that a node has read its inputs for the last time.
    mutating func finishedReading(_ node: PlannedNode) {
        for producer in Self.producers(of: node) {
            readersLeft[producer] -= 1
            if readersLeft[producer] == 0 { results[producer] = nil }
        }
    }

    private static func producers(of node: PlannedNode) -> Set<Int> {
        var producers: Set<Int> = []
        for case .result(let producer, _) in node.inputs { producers.insert(producer) }
        return producers
    }
}
