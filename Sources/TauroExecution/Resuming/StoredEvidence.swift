package import TauroModel

/// What can be found out from the outputs themselves and from the copies in the run's directory.
package struct StoredEvidence: ResumeEvidence {
    private let runID: String
    private let writer: any DatasetWriter
    private let keeper: any ResultKeeper

    package init(runID: String, writer: any DatasetWriter, keeper: any ResultKeeper) {
        self.runID = runID
        self.writer = writer
        self.keeper = keeper
    }

    package func trouble(
        with completion: NodeCompletion,
        of node: PlannedNode,
        generation: Int
    ) throws -> String? {
        let known = Dictionary(completion.outputs.map { ($0.record.id, $0) }) { first, _ in first }
        for output in node.outputs {
            guard let stored = known[output.id] else { continue }
            if let trouble = try writer.trouble(with: stored, of: output, commit: commit(of: node, generation)) {
                return "output '\(output.id)': \(trouble)"
            }
        }
        return nil
    }

    package func stored(by node: PlannedNode, generation: Int) throws -> [StoredOutput] {
        try node.outputs.compactMap { try writer.stored(as: $0, by: commit(of: node, generation)) }
    }

    package func result(of node: PlannedNode, _ completion: NodeCompletion, generation: Int) throws -> Dataset? {
        if let copy = completion.copy, let result = try keeper.restore(copy) { return result }
        for output in node.outputs {
            guard let stored = completion.outputs.first(where: { $0.record.id == output.id }) else { continue }
            if let result = try writer.restore(stored, of: output, commit: commit(of: node, generation)) {
                return result
            }
        }
        return nil
    }

    package func obstacle(toReplacing node: PlannedNode) -> String? {
        node.outputs.lazy.compactMap { writer.obstacle(toReplacing: $0) }.first
    }

    private func commit(of node: PlannedNode, _ generation: Int) -> CommitIdentity {
        CommitIdentity(runID: runID, node: node.name, generation: max(1, generation))
    }
}
