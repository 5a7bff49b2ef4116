import TauroModel

/// Says why a node did not run, or was not stored.
struct CancelWords {
    private let plan: ExecutionPlan
    private let state: UnifiedPipelineState
    /// Nodes that their breakers held back.
    private let heldBack: Set<Int>

    init(_ plan: ExecutionPlan, _ state: UnifiedPipelineState, _ heldBack: Set<Int>) {
        self.plan = plan
        self.state = state
        self.heldBack = heldBack
    }

    /// The reason of the node at a place.
    func text(_ reason: RunMachine.CancelReason, of place: Int) -> String {
        let wasTried = state.summary(at: place).attempts > 0
        let start = wasTried ? "not tried again" : "not run"
        switch reason {
        case .scheduler(.stopped): return "\(start) because the run was told to stop"
        case .scheduler(.failure(let other)): return "\(start) because \(ending(of: other))"
        case .scheduler(.unstored(let other)): return "not stored because \(ending(of: other))"
        case .breaker(let refusal):
            let failures = refusal.failures == 1 ? "1 failure" : "\(refusal.failures) failures in a row"
            return "held back by the circuit breaker of \(refusal.resource), which is open after \(failures)"
        }
    }

    private func ending(of place: Int) -> String {
        let name = plan.nodes[place].name
        if heldBack.contains(place) { return "'\(name)' was held back" }
        return state.summary(at: place).status == .cancelled ? "'\(name)' was stopped" : "'\(name)' failed"
    }
}
