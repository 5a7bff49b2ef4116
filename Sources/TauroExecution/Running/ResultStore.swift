import TauroModel

/// What nodes returned, kept until the last node that reads it is done.
struct ResultStore {
    private var results: [Int: HeldResult] = [:]
    private var readersLeft: [Int32]
    private var hasRead: [Bool]
    private let areRead: [Bool]

    init(plan: ExecutionPlan) {
        var readersLeft = [Int32](repeating: 0, count: plan.nodes.count)
        hasRead = [Bool](repeating: false, count: plan.nodes.count)
        for node in plan.nodes {
            for producer in Self.producers(of: node) { readersLeft[producer] += 1 }
        }
        self.readersLeft = readersLeft
        areRead = readersLeft.map { $0 > 0 }
    }

    /// Keeps a node's result if anyone will read it.
    mutating func keep(_ result: HeldResult?, of node: Int) {
        if readersLeft[node] > 0 { results[node] = result }
    }

    /// Whether nodes of the plan read what the node at a place returned, be they done or not.
    func hasReaders(_ place: Int) -> Bool { areRead[place] }

    /// The results that a node reads, by their producer.
    func results(for node: PlannedNode) -> [Int: HeldResult] {
        if node.inputs.isEmpty { return [:] }
        var found: [Int: HeldResult] = [:]
        for producer in Self.producers(of: node) { found[producer] = results[producer] }
        return found
    }

    /// Notes that the node at a place of the plan will not read its inputs any more: it has read them, failed, or will
    /// never run.
    ///
    /// Said twice it counts once.
    mutating func finishedReading(_ node: PlannedNode, at place: Int) {
        if hasRead[place] { return }
        hasRead[place] = true
        for producer in Self.producers(of: node) {
            readersLeft[producer] -= 1
            if readersLeft[producer] == 0 { results[producer] = nil }
        }
    }

    private static func producers(of node: PlannedNode) -> Set<Int> {
        if node.inputs.isEmpty { return [] }
        var producers: Set<Int> = []
        for case .result(let producer, _) in node.inputs { producers.insert(producer) }
        return producers
    }
}
