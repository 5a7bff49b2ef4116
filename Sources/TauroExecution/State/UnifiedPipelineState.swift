import Synchronization
public import TauroModel

/// What is known of every node of a run, in one place.
///
/// Safe from any thread: what is read together is of one moment. Only legal steps are taken: a node that ended stays ended.
public final class UnifiedPipelineState: Sendable {
    /// After how many failures in a row a circuit breaker opens where nothing else is said.
    public let circuitBreakerThreshold: Int

    fileprivate struct State {
        var summaries: [NodeSummary] = []
        /// Places by name, of as many nodes as were asked for by name or come before such a one.
        var places: [String: Int] = [:]
        /// What nodes wait for, and which wait for them, of those that are not the plan's.
        var dependencies: [Int: [String]] = [:]
        var dependents: [Int: [Int]] = [:]
        /// Those that wait for nodes that are not registered yet, by their names.
        var early: [String: [Int]] = [:]
        var failureCounts: [Int: Int] = [:]
        var streamingQueries: [Int: String] = [:]
    }

    private let planned: [PlannedNode]
    private let state: Mutex<State>

    /// Creates a state that knows no node.
    public convenience init(circuitBreakerThreshold: Int = 3) {
        self.init(of: [], circuitBreakerThreshold: circuitBreakerThreshold)
    }

    /// Creates a state that knows the nodes of a plan, at their places.
    package init(of planned: [PlannedNode], circuitBreakerThreshold: Int = 3) {
        self.planned = planned
        self.circuitBreakerThreshold = circuitBreakerThreshold
        state = Mutex(State(summaries: planned.map { NodeSummary(name: $0.name) }))
    }

    /// Adds a node that waits for `dependencies`, which may be added later.
    ///
    /// - Throws: `DependencyError` if the node is known already.
    public func registerNodeWithDependencies(_ name: String, _ dependencies: [String]) throws {
        try state.withLock { state in
            guard state.place(of: name) == nil else {
                throw DependencyError(message: "Node '\(name)' already registered", node: name)
            }
            let place = state.summaries.count
            state.summaries.append(NodeSummary(name: name))
            state.dependencies[place] = dependencies
            state.dependents[place] = state.early.removeValue(forKey: name)
            for dependency in dependencies {
                if let known = state.place(of: dependency) {
                    state.dependents[known, default: []].append(place)
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
        try state.withLock { state in
            guard let place = state.place(of: name) else { throw Self.unknown(name) }
            try state.move(place, to: status) { _ in }
        }
    }

    /// Where a node stands; nil if it is unknown.
    public func getNodeStatus(_ name: String) -> NodeStatus? { ask(name) { $0.summaries[$1].status } }

    /// The nodes that `name` waits for.
    public func getNodeDependencies(_ name: String) -> [String] {
        ask(name) { [planned] state, place in
            place < planned.count
                ? planned[place].dependencies.map { planned[$0].name } : state.dependencies[place] ?? []
        } ?? []
    }

    /// The nodes that wait for `name`.
    public func getNodeDependents(_ name: String) -> [String] {
        state.withLock { state in
            guard let place = state.place(of: name) else { return state.names(state.early[name] ?? []) }
            let others = state.dependents[place] ?? []
            return state.names(place < planned.count ? planned[place].dependents + others : others)
        }
    }

    /// How many attempts of a node failed.
    public func getNodeFailureCount(_ name: String) -> Int { ask(name) { $0.failureCounts[$1] } ?? 0 }

    /// What a node stored; empty until it completed.
    public func getNodeOutputs(_ name: String) -> [OutputRecord] { ask(name) { $0.summaries[$1].outputs } ?? [] }

    /// The id of the streaming query that a node started; nil if it has none.
    public func getStreamingQueryID(_ name: String) -> String? { ask(name) { $0.streamingQueries[$1] } }

    /// Notes the id of the streaming query that a node started.
    ///
    /// - Throws: `DependencyError` if the node is unknown.
    public func setStreamingQueryID(_ name: String, _ id: String?) throws {
        try state.withLock { state in
            guard let place = state.place(of: name) else { throw Self.unknown(name) }
            state.streamingQueries[place] = id
        }
    }

    /// Every node as it stands now, in the order of registration.
    public func snapshot() -> [NodeSummary] { state.withLock { $0.summaries } }

    /// Moves the node at a place to a status, and changes what else is known of it.
    ///
    /// - Throws: `DependencyError` if the step is not a legal one; nothing has changed then.
    package func update(at place: Int, to status: NodeStatus, _ change: (inout NodeSummary) -> Void) throws {
        try state.withLock { try $0.move(place, to: status, change) }
    }

    /// What is known of the node at a place.
    package func summary(at place: Int) -> NodeSummary { state.withLock { $0.summaries[place] } }

    private func ask<Answer: Sendable>(_ name: String, _ body: (State, Int) -> Answer?) -> Answer? {
        state.withLock { state in
            guard let place = state.place(of: name) else { return nil }
            return body(state, place)
        }
    }

    private static func unknown(_ name: String) -> DependencyError {
        DependencyError(message: "Node '\(name)' is not registered", node: name)
    }
}

extension UnifiedPipelineState.State {
    /// The place of a node.
    fileprivate mutating func place(of name: String) -> Int? {
        while places.count < summaries.count { places[summaries[places.count].name] = places.count }
        return places[name]
    }

    fileprivate func names(_ places: [Int]) -> [String] { places.map { summaries[$0].name } }

    /// Takes a legal step, and counts an attempt that failed.
    fileprivate mutating func move(
        _ place: Int,
        to next: NodeStatus,
        _ change: (inout NodeSummary) -> Void
    ) throws {
        let status = summaries[place].status
        guard status.allows(next) else {
            let name = summaries[place].name
            throw DependencyError(
                message: "Node '\(name)' is \(status.rawValue) and can not become \(next.rawValue)",
                node: name
            )
        }
        summaries[place].status = next
        change(&summaries[place])
        if next == .failed || next == .retrying { failureCounts[place, default: 0] += 1 }
    }
}

extension NodeStatus {
    /// Whether `next` may follow this status.
    func allows(_ next: NodeStatus) -> Bool {
        switch self {
        case .pending: next == .running || next == .cancelled || next == .completed
        case .running: next != .running && next != .pending
        case .retrying: next == .running || next == .failed || next == .cancelled
        case .completed, .failed, .cancelled: false
        }
    }
}
