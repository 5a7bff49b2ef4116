import TauroBasics
package import TauroModel

/// What can be found out about what an earlier host of a run left behind.
package protocol ResumeEvidence {
    /// Why what a node stored can not be trusted, as a sentence without an end; nil where all that the completion names is
    /// there as it was.
    func trouble(with completion: NodeCompletion, of node: PlannedNode, generation: Int) throws -> String?
    /// What a node has stored that nobody remembers, because its host died before it could be written down: all that it
    /// stores, a part of it, or nothing.
    func stored(by node: PlannedNode, generation: Int) throws -> [StoredOutput]
    /// The very result that a node returned; nil where nothing gives it back.
    func result(of node: PlannedNode, _ completion: NodeCompletion, generation: Int) throws -> Dataset?
    /// Why a node's outputs can not be replaced by new ones, as a sentence with a cure; nil where they can.
    func obstacle(toReplacing node: PlannedNode) -> String?
}

/// Decides what of a run that is resumed is taken over, and what runs again.
///
/// What completed is restored, provided that everything it depends on is as it was, and that what it stored is too. What
/// was stored and not written down any more is taken over all the same. What changed runs again, with all that depends on
/// it, and takes the place of what it stored before.
package struct ResumePlanner {
    /// What was decided.
    package struct Outcome: Sendable {
        /// What the run takes over.
        package let resumption: Resumption
        /// What becomes of each node, in the order of the plan.
        package let decisions: [ResumeDecision]
        /// What keeps the run from being resumed, each as a sentence with a cure.
        package let obstacles: [String]
    }

    private let plan: ExecutionPlan
    private let fingerprints: [NodeFingerprint]
    private let history: [String: NodeHistory]
    private let earlier: [String: NodeFingerprint]
    private let evidence: any ResumeEvidence

    private var decisions: [ResumeDecision] = []
    private var completions: [Int: NodeCompletion] = [:]
    private var results: [Int: Dataset] = [:]

    /// Creates a planner.
    ///
    /// `fingerprints` are those of the plan's nodes, as everything is now.
    package init(
        plan: ExecutionPlan,
        fingerprints: [NodeFingerprint],
        history: RunHistory,
        evidence: any ResumeEvidence
    ) {
        self.plan = plan
        self.fingerprints = fingerprints
        self.history = Dictionary(history.nodes.map { ($0.name, $0) }) { first, _ in first }
        earlier = Dictionary(history.record.nodes.map { ($0.name, $0.fingerprint) }) { first, _ in first }
        self.evidence = evidence
    }

    /// Decides.
    ///
    /// - Throws: what the evidence throws where something can not be looked at.
    package mutating func decide() throws -> Outcome {
        for place in plan.nodes.indices { decisions.append(try decision(about: place)) }
        // Who reads a result is known only when it is decided what runs.
        for place in plan.nodes.indices.reversed() where isTakenOver(place) { try restoreResult(of: place) }
        var resumption = Resumption()
        for place in plan.nodes.indices {
            if isTakenOver(place), let completion = completions[place] {
                resumption.restored[place] = RestoredNode(completion: completion, result: results[place])
            }
            let generation = generation(of: place)
            if generation > 1 { resumption.generations[place] = generation }
        }
        return Outcome(resumption: resumption, decisions: decisions, obstacles: obstacles())
    }

    // MARK: - One node

    private mutating func decision(about place: Int) throws -> ResumeDecision {
        let node = plan.nodes[place]
        guard let known = history[node.name], let before = earlier[node.name],
            let completion = try known.completion ?? unremembered(node, known)
        else { return .runs(nil) }
        let changes = fingerprints[place].changes(since: before)
        if !changes.isEmpty { return .runs(.changed(changes)) }
        if let dependency = node.dependencies.first(where: { makesAnew($0) }) {
            return .runs(.dependency(plan.nodes[dependency].name))
        }
        if let trouble = try evidence.trouble(with: completion, of: node, generation: known.generation) {
            return .runs(.trouble(trouble))
        }
        // Of the same inputs the same result: what is missing joins what is there.
        if known.completion == nil, completion.outputs.count < node.outputs.count { return .runs(nil) }
        completions[place] = completion
        return known.completion == nil ? .adopted : .restored
    }

    /// The completion of a node whose host died when its outputs, or some of them, were stored and nothing written down; nil
    /// where none is.
    private func unremembered(_ node: PlannedNode, _ known: NodeHistory) throws -> NodeCompletion? {
        guard known.generation > 0, let attempt = known.attempts.last else { return nil }
        let outputs = try evidence.stored(by: node, generation: known.generation)
        if outputs.isEmpty { return nil }
        let end = attempt.computedAt ?? attempt.startedAt
        let seconds = Double(end.millisecondsSinceEpoch - attempt.startedAt.millisecondsSinceEpoch) / 1000
        return NodeCompletion(
            attempt: attempt.number,
            at: end,
            seconds: seconds,
            rows: outputs.first?.record.rows,
            outputs: outputs,
            copy: known.copy
        )
    }

    /// Whether a node's result may be another than before.
    private func makesAnew(_ place: Int) -> Bool {
        switch decisions[place] {
        case .restored, .adopted, .runs(.resultNotKept): false
        case .runs: true
        }
    }

    private func isTakenOver(_ place: Int) -> Bool {
        switch decisions[place] {
        case .restored, .adopted: true
        case .runs: false
        }
    }

    // MARK: - Results

    /// Finds the result of a node that is taken over, where a node that runs reads it; without one, the node runs once more
    /// to make it: of the same inputs the same result, so that what else depends on it stays as it is.
    private mutating func restoreResult(of place: Int) throws {
        let node = plan.nodes[place]
        guard let completion = completions[place], isReadByOneThatRuns(place) else { return }
        let generation = history[node.name]?.generation ?? 1
        if let result = try evidence.result(of: node, completion, generation: generation) {
            results[place] = result
        } else {
            decisions[place] = .runs(.resultNotKept)
        }
    }

    private func isReadByOneThatRuns(_ place: Int) -> Bool {
        plan.nodes[place].dependents.contains { dependent in
            guard !isTakenOver(dependent) else { return false }
            return plan.nodes[dependent].inputs.contains { input in
                if case .result(place, _) = input { true } else { false }
            }
        }
    }

    // MARK: - Outputs that are replaced

    /// How often the result of a node is made: one time more than before where it takes the place of what was stored.
    private func generation(of place: Int) -> Int {
        let before = max(1, history[plan.nodes[place].name]?.generation ?? 1)
        switch decisions[place] {
        case .runs(.changed), .runs(.dependency), .runs(.trouble): return before + 1
        case .runs, .restored, .adopted: return before
        }
    }

    private func obstacles() -> [String] {
        plan.nodes.indices.compactMap { place in
            let node = plan.nodes[place]
            guard generation(of: place) > max(1, history[node.name]?.generation ?? 1) else { return nil }
            return evidence.obstacle(toReplacing: node).map { "node '\(node.name)' would run again: \($0)" }
        }
    }
}
