import Synchronization
public import TauroModel

/// What is known of every node of a run, in one place.
///
/// Safe from any thread. Only legal steps are taken: a node that ended stays ended.
public final class UnifiedPipelineState: Sendable {
    private struct Entry {
        var summary: NodeSummary
        var dependencies: [String]
        var failureCount = 0
    }

    private struct State {
        var order: [String] = []
        var entries: [String: Entry] = [:]
        var dependents: [String: [String]] = [:]
    }

    private let state = Mutex(State())

    /// Creates a state that knows no node.
    public init() {}

    /// Adds a node that waits for `dependencies`.
    ///
    /// - Throws: `DependencyError` if the node is known already.
    public func registerNodeWithDependencies(_ name: String, _ dependencies: [String]) throws {
        try state.withLock { state in
            guard state.entries[name] == nil else {
                throw DependencyError(message: "Node '\(name)' already registered", node: name)
            }
            state.order.append(name)
            state.entries[name] = Entry(summary: NodeSummary(name: name), dependencies: dependencies)
            for dependency in dependencies { state.dependents[dependency, default: []].append(name) }
        }
    }

    /// Moves a node to a status.
    ///
    /// - Throws: `DependencyError` if the node is unknown or the step is not a legal one.
    public func setNodeStatus(_ name: String, _ status: NodeStatus) throws {
        try update(name) { try $0.move(to: status) }
    }

    /// Where a node stands; nil if it is unknown.
    public func getNodeStatus(_ name: String) -> NodeStatus? {
        state.withLock { $0.entries[name]?.summary.status }
    }

    /// The nodes that `name` waits for.
    public func getNodeDependencies(_ name: String) -> [String] {
        state.withLock { $0.entries[name]?.dependencies ?? [] }
    }

    /// The nodes that wait for `name`.
    public func getNodeDependents(_ name: String) -> [String] {
        state.withLock { $0.dependents[name] ?? [] }
    }

    /// How often a node failed.
    public func getNodeFailureCount(_ name: String) -> Int {
        state.withLock { $0.entries[name]?.failureCount ?? 0 }
    }

    /// Every node as it stands now, in the order of registration.
    public func snapshot() -> [NodeSummary] {
        state.withLock { state in state.order.compactMap { state.entries[$0]?.summary } }
    }

    /// Changes what is known of a node and returns the result.
    @discardableResult
    package func update(_ name: String, _ change: (inout NodeSummary) throws -> Void) throws -> NodeSummary {
        try state.withLock { state in
            guard var entry = state.entries[name] else {
                throw DependencyError(message: "Node '\(name)' is not registered", node: name)
            }
            let before = entry.summary.status
            try change(&entry.summary)
            if entry.summary.status == .failed && before != .failed { entry.failureCount += 1 }
            state.entries[name] = entry
            return entry.summary
        }
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
