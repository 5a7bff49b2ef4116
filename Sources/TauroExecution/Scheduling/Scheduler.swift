package import TauroModel

/// Decides which node runs when.
///
/// A pure state machine: events in, actions out, no threads and no clock.
///
/// A node that reads another's result starts as soon as that result is there, while it is still being stored; a node
/// that states the other as a dependency waits until it is stored. Ready nodes start longest path first, ties in
/// execution order. What a failure means is the failed node's to say: nothing new starts, or
/// only the nodes that depend on it are left out; nodes that run are left to finish. Every node ends exactly once: it completed, it failed, or it was cancelled with a reason.
package struct Scheduler: Sendable {
    /// What the scheduler needs to know of a node.
    package struct Node: Sendable {
        /// How many nodes it waits for.
        package let dependencyCount: Int
        /// The nodes that wait for its result.
        package let readers: [Int]
        /// The nodes that wait until it is stored.
        package let followers: [Int]
        /// How many nodes the longest chain from here to an end has.
        package let pathLength: Int
        /// What happens to the others when it fails.
        package let onFailure: FailurePolicy

        package init(
            dependencyCount: Int,
            readers: [Int] = [],
            followers: [Int] = [],
            pathLength: Int,
            onFailure: FailurePolicy = .stop
        ) {
            self.dependencyCount = dependencyCount
            self.readers = readers
            self.followers = followers
            self.pathLength = pathLength
            self.onFailure = onFailure
        }
    }

    /// What happened.
    package enum Event: Sendable {
        case start
        /// The node's result is there; the node goes on to store it.
        case computed(Int)
        /// The node is done and its result is stored.
        case completed(Int)
        case failed(Int)
        /// The node's result was not stored, because the one it builds on failed.
        case blocked(Int, by: Int)
        /// The run was told to stop.
        case stop
    }

    /// Why a node will not run.
    package enum CancelReason: Sendable, Equatable {
        case failure(of: Int)
        case stopped
    }

    /// What to do.
    package enum Action: Sendable, Equatable {
        case run(Int)
        case cancel(Int, CancelReason)
        /// Nothing runs and nothing will.
        case finish
    }

    private enum Phase {
        case waiting
        case ready
        case running
        case ended
    }

    private struct Ready: Comparable, Sendable {
        let pathLength: Int
        let node: Int

        static func < (left: Ready, right: Ready) -> Bool {
            (right.pathLength, left.node) < (left.pathLength, right.node)
        }
    }

    private let nodes: [Node]
    private let maxWorkers: Int
    private var missing: [Int]
    private var phases: [Phase]
    private var isComputed: [Bool]
    private var ready = MinHeap<Ready>()
    private var running = 0
    private var cancelReason: CancelReason?
    private var hasFailure = false
    private var finished = false

    /// Creates a scheduler that runs at most `maxWorkers` nodes at once.
    package init(nodes: [Node], maxWorkers: Int) {
        self.nodes = nodes
        self.maxWorkers = max(1, maxWorkers)
        self.missing = nodes.map(\.dependencyCount)
        self.phases = nodes.map { _ in .waiting }
        self.isComputed = nodes.map { _ in false }
    }

    /// Whether the run was told to stop before anything failed.
    package var wasStopped: Bool { cancelReason == .stopped && !hasFailure }

    /// Takes an event and says what to do about it.
    package mutating func handle(_ event: Event) -> [Action] {
        guard !finished else { return [] }
        switch event {
        case .start:
            for node in nodes.indices where missing[node] == 0 { makeReady(node) }
        case .computed(let node):
            release(readersOf: node)
        case .completed(let node):
            release(readersOf: node)
            end(node)
            release(nodes[node].followers)
        case .failed(let node):
            end(node)
            // What fails after the run was told to stop fails because of that.
            if cancelReason == nil { hasFailure = true }
            return actions(after: cancelDependents(of: node, because: .failure(of: node), nodes[node].onFailure))
        case .blocked(let node, let failed):
            end(node)
            return actions(after: cancelDependents(of: node, because: .failure(of: failed), .skipDependents))
        case .stop:
            if cancelReason == nil { cancelReason = .stopped }
        }
        return actions(after: [])
    }

    private mutating func cancelDependents(
        of node: Int,
        because reason: CancelReason,
        _ policy: FailurePolicy
    ) -> [Action] {
        guard policy == .skipDependents else {
            if cancelReason == nil { cancelReason = reason }
            return []
        }
        var actions: [Action] = []
        var open = nodes[node].readers + nodes[node].followers
        while let next = open.popLast() {
            guard phases[next] == .waiting || phases[next] == .ready else { continue }
            phases[next] = .ended
            actions.append(.cancel(next, reason))
            open += nodes[next].readers + nodes[next].followers
        }
        return actions
    }

    private mutating func release(readersOf node: Int) {
        guard phases[node] == .running, !isComputed[node] else { return }
        isComputed[node] = true
        release(nodes[node].readers)
    }

    private mutating func release(_ waiting: [Int]) {
        for node in waiting {
            missing[node] -= 1
            if missing[node] == 0 { makeReady(node) }
        }
    }

    private mutating func makeReady(_ node: Int) {
        guard phases[node] == .waiting else { return }
        phases[node] = .ready
        ready.push(Ready(pathLength: nodes[node].pathLength, node: node))
    }

    private mutating func end(_ node: Int) {
        guard phases[node] == .running else { return }
        phases[node] = .ended
        running -= 1
    }

    private mutating func actions(after first: [Action]) -> [Action] {
        var actions = first + (cancelReason.map { cancelRest($0) } ?? startReady())
        if running == 0 && ready.isEmpty {
            finished = true
            actions.append(.finish)
        }
        return actions
    }

    private mutating func startReady() -> [Action] {
        var actions: [Action] = []
        while running < maxWorkers, let next = ready.pop() {
            // One that was ready may have been cancelled since.
            guard phases[next.node] == .ready else { continue }
            phases[next.node] = .running
            running += 1
            actions.append(.run(next.node))
        }
        return actions
    }

    private mutating func cancelRest(_ reason: CancelReason) -> [Action] {
        ready = MinHeap()
        var actions: [Action] = []
        for node in nodes.indices where phases[node] == .waiting || phases[node] == .ready {
            phases[node] = .ended
            actions.append(.cancel(node, reason))
        }
        return actions
    }
}
