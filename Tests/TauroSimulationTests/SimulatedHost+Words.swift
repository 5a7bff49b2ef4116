import TauroModel

// What is told of a history that is played alone.

extension SimulatedHost.Outcome {
    /// The outcome in words.
    var words: String {
        switch self {
        case .died: "the host died"
        case .broken(let error): "the run could not go on: \(error)"
        case .ended(let summary):
            summary.nodes.map { "\($0.name) \($0.status) \($0.error?.message ?? $0.reason ?? "")" }
                .joined(separator: "; ")
        }
    }
}

extension SimulatedHost.Event {
    /// The event in words.
    var words: String {
        switch self {
        case .threadBegins(let thread): "thread \(thread) begins"
        case .threadStarted(let thread): "thread \(thread) is known to have begun"
        case .stepEnds(let thread, _): "thread \(thread) may have done its step"
        case .copyDue(let thread): "thread \(thread) copies a result"
        case .written(let entries, let actor, _): "\(actor) has written \(entries.map(\.words))"
        case .tick: "tick"
        case .stop: "the run is told to stop"
        }
    }
}

extension JournalEntry {
    /// The entry in a few words.
    var words: String {
        switch self {
        case .nodeStarted(let node, let attempt, let generation, _): "\(node) started \(attempt) of \(generation)"
        case .nodeComputed(let node, _, _, _): "\(node) computed"
        case .nodeCompleted(let node, _): "\(node) completed"
        case .nodeInvalidated(let node, let generation, let reason, _): "\(node) invalid, \(generation): \(reason)"
        case .nodeRestored(let node, _): "\(node) restored"
        case .nodeRetrying(let node, _, let error, _, _): "\(node) rests: \(error.message)"
        case .nodeFailed(let node, _, let error, _): "\(node) failed: \(error.message)"
        case .nodeCancelled(let node, let reason, _): "\(node) cancelled: \(reason)"
        case .breakerChanged(let resource, let state, let failures, _): "\(resource) \(state) \(failures)"
        case .hostBegan: "host began"
        case .runEnded: "run ended"
        }
    }
}
