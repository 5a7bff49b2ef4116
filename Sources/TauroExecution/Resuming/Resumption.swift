package import TauroModel

/// What a run takes over from an earlier host that had it.
package struct Resumption: Sendable {
    /// The nodes that do not run again, by place in the plan.
    package var restored: [Int: RestoredNode]
    /// How often the results of nodes are made anew, of those for which it is not the first time.
    package var generations: [Int: Int]

    package init(restored: [Int: RestoredNode] = [:], generations: [Int: Int] = [:]) {
        self.restored = restored
        self.generations = generations
    }
}

/// A node that an earlier host completed.
package struct RestoredNode: Sendable {
    /// What became of it.
    package let completion: NodeCompletion
    /// The very result that it returned, where a node that is to run reads it.
    package let result: Dataset?

    package init(completion: NodeCompletion, result: Dataset?) {
        self.completion = completion
        self.result = result
    }
}
