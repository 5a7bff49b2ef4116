import TauroBasics

/// Keeps outputs in order: a node's is stored only when those of all nodes it builds on are.
///
/// Safe from any thread. Nobody waits for long: a node runs only when what it waits for here is being stored already.
final class StoreOrder: Sendable {
    /// Places in the plan of the nodes that ended, each with whether all went well.
    private let ended = Monitor<[Int: Bool]>([:])

    /// Notes that a node ended.
    func end(_ node: Int, succeeded: Bool) {
        ended.withLockNotifyingAll { $0[node] = succeeded }
    }

    /// Waits until all of `nodes` ended, or one of them failed; says which one failed.
    func failure(among nodes: [Int]) -> Int? {
        let answer: Int?? = ended.awaitValue { ended in
            if let failed = nodes.first(where: { ended[$0] == false }) { return .some(.some(failed)) }
            return nodes.allSatisfy { ended[$0] == true } ? .some(.none) : nil
        }
        return answer ?? nil
    }
}
