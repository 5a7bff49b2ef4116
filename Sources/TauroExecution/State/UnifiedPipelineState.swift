import Synchronization
public import TauroModel

/// What is known of every node of a run, in one place.
///
/// Safe from any thread: what is read together is of one moment. Only legal steps are taken: a node that ended stays ended.
public final class UnifiedPipelineState: Sendable {
    /// After how many failures in a row a circuit breaker opens where nothing else is said.
    public let circuitBreakerThreshold: Int

    fileprivate struct Entry {
        var summary: NodeSummary
        let dependencies: [String]
        var dependents: [Int] = []
        var failureCount = 0
        var streamingQuery: String?
    }

    private struct State {
        var places: [String: Int] = [:]
        var entries: [Entry] = []
        /// Those that wait for nodes that are not registered yet, by their names.
        var early: [String: [Int]] = [:]
    }

    private let state = Mutex(State())

    /// Creates a state that knows no node.
    public init(circuitBreakerThreshold: Int = 3) {
        self.circuitBreakerThreshold = circuitBreakerThreshold
    }

    /// Adds a node that waits for `dependencies`, which may be added later.
    ///
    /// - Throws: `DependencyError` if the node is known already.
    public func registerNodeWithDependencies(_ name: String, _ dependencies: [String]) throws {
        try state.withLock { state in
            guard state.places[name] == nil else {
                throw DependencyError(message: "Node '\(name)' already registered", node: name)
            }
            let place = state.entries.count
            state.places[name] = place
            state.entries.append(Entry(summary: NodeSummary(name: name), dependencies: dependencies))
            state.entries[place].dependents = state.early.removeValue(forKey: name) ?? []
            for dependency in dependencies {
                if let known = state.places[dependency] {
                    state.entries[known].dependents.append(place)
                } else {
                    state.early[dependency, default: []].append(place)
                }
            }
        }
    }

    /// Moves a node to a status.
    ///
    /// - Throws: `DependencyError` if the node is unknown or the step is not a legal one.
    public func setNodeStatus(_ name: String, _ status: NodeStatus) throws {
        try update(name) { try $0.move(to: status) }
    }

    /// Where a node stands; nil if it is unknown.
    public func getNodeStatus(_ name: String) -> NodeStatus? { entry(name)?.summary.status }

    /// The nodes that `name` waits for.
    public func getNodeDependencies(_ name: String) -> [String] { entry(name)?.dependencies ?? [] }

    /// The nodes that wait for `name`.
    public func getNodeDependents(_ name: String) -> [String] {
        state.withLock { state in
            guard let place = state.places[name] else { return state.early[name].map { names($0, state) } ?? [] }
            return names(state.entries[place].dependents, state)
        }
    }

    /// How many attempts of a node failed.
    public func getNodeFailureCount(_ name: String) -> Int { entry(name)?.failureCount ?? 0 }

    /// What a node stored; empty until it completed.
    public func getNodeOutputs(_ name: String) -> [OutputRecord] { entry(name)?.summary.outputs ?? [] }

    /// The id of the streaming query that a node started; nil if it has none.
    public func getStreamingQueryID(_ name: String) -> String? { entry(name)?.streamingQuery }

    /// Notes the id of the streaming query that a node started.
    ///
    /// - Throws: `DependencyError` if the node is unknown.
    public func setStreamingQueryID(_ name: String, _ id: String?) throws {
        try state.withLock { state in
            guard let place = state.places[name] else { throw Self.unknown(name) }
            state.entries[place].streamingQuery = id
        }
    }

    /// Every node as it stands now, in the order of registration.
    public func snapshot() -> [NodeSummary] { state.withLock { $0.entries.map(\.summary) } }

    /// Changes what is known of a node and returns the result.
    @discardableResult
    package func update(_ name: String, _ change: (inout NodeSummary) throws -> Void) throws -> NodeSummary {
        try state.withLock { state in
            guard let place = state.places[name] else { throw Self.unknown(name) }
            return try state.entries[place].update(change)
        }
    }

    /// Changes what is known of the node that was registered at a place, and returns the result.
    @discardableResult
    package func update(at place: Int, _ change: (inout NodeSummary) throws -> Void) throws -> NodeSummary {
        try state.withLock { try $0.entries[place].update(change) }
    }

    /// What is known of the node that was registered at a place.
    package func summary(at place: Int) -> NodeSummary { state.withLock { $0.entries[place].summary } }

    private func entry(_ name: String) -> Entry? {
        state.withLock { state in state.places[name].map { state.entries[$0] } }
    }

    private func names(_ places: [Int], _ state: State) -> [String] { places.map { state.entries[$0].summary.name } }

    private static func unknown(_ name: String) -> DependencyError {
        DependencyError(message: "Node '\(name)' is not registered", node: name)
    }
}

extension UnifiedPipelineState.Entry {
    /// Changes the summary, and counts an attempt that failed.
    fileprivate mutating func update(_ change: (inout NodeSummary) throws -> Void) rethrows -> NodeSummary {
        let before = summary.status
        // A change that throws has changed nothing.
        var changed = summary
        try change(&changed)
        summary = changed
        if changed.status != before, changed.status == .failed || changed.status == .retrying { failureCount += 1 }
        return changed
    }
}

extension NodeSummary {
    /// Takes a legal step.
    mutating func move(to next: NodeStatus) throws {
        guard status.allows(next) else {
            throw DependencyError(
                message: "Node '\(name)' is \(status.rawValue) and can not become \(next.rawValue)",
                node: name
            )
        }
        status = next
    }
}

extension NodeStatus {
    /// Whether `next` may follow this status.
    func allows(_ next: NodeStatus) -> Bool {
        switch self {
        case .pending: [.running, .cancelled, .completed].contains(next)
        case .running: [.completed, .failed, .retrying, .cancelled].contains(next)
        case .retrying: [.running, .failed, .cancelled].contains(next)
        case .completed, .failed, .cancelled: false
        }
    }
}
