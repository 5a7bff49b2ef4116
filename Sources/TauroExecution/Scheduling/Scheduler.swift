import TauroModel

/// Decides which node runs when.
///
/// A pure state machine: events in, actions out, no threads and no clock. Every node ends exactly once: it completed, it
/// failed, or it was cancelled with a reason.
///
/// A node is computed and then stored. One that reads another's result starts as soon as that is computed, while it is
/// still being stored; one that states the other as a dependency waits until it is stored. Nothing is stored before
/// everything it builds on is: a result that comes too early is parked, and takes no worker meanwhile. A node that rests
/// between two attempts takes none either.
///
/// Among ready nodes those with the higher priority start first, then those with the longest path, then in execution
/// order, as far as workers, pools and memory have room; what is parked goes before all of them. What a failure means is
/// the failed node's to say: nothing new starts, or only the nodes that depend on it are left out; nodes that run are left
/// to finish.
package struct Scheduler: Sendable {
    /// What happened.
    package enum Event: Sendable, Equatable {
        case start
        /// The node's result is there.
        case computed(Int)
        /// The node is done and its result is stored.
        case completed(Int)
        case failed(Int)
        /// The node's attempt failed, and it gives its worker back until it is `due`.
        case rests(Int)
        /// A node that rests may go on: to be computed again, or stored again where it was computed.
        case due(Int)
        /// A node that was to start will not, and neither will those that depend on it.
        case heldBack(Int)
        /// The run was told to stop.
        case stop
    }

    /// Why a node will not run, or not be stored.
    package enum CancelReason: Sendable, Equatable {
        case failure(of: Int)
        /// A node that it builds on could not be stored.
        case unstored(Int)
        case stopped
    }

    /// What to do.
    package enum Action: Sendable, Equatable {
        /// Compute it.
        case run(Int)
        /// Store what it computed.
        case store(Int)
        case cancel(Int, CancelReason)
        /// Nothing runs and nothing will.
        case finish
    }

    /// Where a node stands.
    enum Phase: UInt8 {
        case waiting
        case ready
        case computing
        /// Computed; what it builds on is not all stored.
        case parked
        /// What it builds on is stored; a worker is not free yet.
        case storable
        case storing
        /// Between two attempts to compute it.
        case resting
        /// Between two attempts to store it.
        case restingComputed
        case ended
    }

    let graph: ScheduleGraph
    private var room: SchedulerRoom
    /// How many nodes each waits for before it may start.
    private var missing: [Int32]
    /// How many of the nodes that it builds on are not stored.
    private var unstored: [Int32]
    private var phases: [Phase]
    /// The node that could not be stored, though these build on it and run already.
    private var spoiled: [Int32: Int32] = [:]
    private var ready: ReadyNodes
    private var storable = MinHeap<Int>()
    /// How many nodes are computing, parked, storable, storing or rest.
    private var open = 0
    private var cancelReason: CancelReason?
    private var isCancelled = false
    private var hasFailure = false
    private var finished = false

    /// Creates a scheduler that runs at most `maxWorkers` nodes at once, and of each pool as many as its limit says;
    /// `memory` is what nodes that state their memory may take together, in bytes.
    package init(graph: ScheduleGraph, maxWorkers: Int, poolLimits: [Int] = [], memory: Int64? = nil) {
        self.graph = graph
        room = SchedulerRoom(workers: max(1, maxWorkers), pools: poolLimits, memory: memory)
        missing = graph.dependencyCounts()
        unstored = missing
        phases = [Phase](repeating: .waiting, count: graph.count)
        ready = ReadyNodes(poolCount: poolLimits.count)
    }

    /// Whether the run was told to stop before anything failed.
    package var wasStopped: Bool { cancelReason == .stopped && !hasFailure }

    /// Whether a node has computed its result, and is to store it.
    func isComputed(_ node: Int) -> Bool {
        switch phases[node] {
        case .parked, .storable, .storing, .restingComputed: true
        default: false
        }
    }

    /// Whether a node has computed its result, and waits until what it builds on is stored.
    func isParked(_ node: Int) -> Bool { phases[node] == .parked }

    /// Whether nothing new starts any more.
    var isEnding: Bool { cancelReason != nil }

    /// Takes an event and adds what to do about it.
    package mutating func handle(_ event: Event, into actions: inout [Action]) {
        guard !finished else { return }
        switch event {
        case .start: for node in phases.indices where missing[node] == 0 { makeReady(node) }
        case .computed(let node): computed(node, &actions)
        case .completed(let node): completed(node)
        case .failed(let node): failed(node, &actions)
        case .rests(let node): rest(node, &actions)
        case .due(let node): goOn(node)
        case .heldBack(let node):
            hasFailure = true
            end(node)
            cancelDependents(of: node, &actions)
        case .stop: if cancelReason == nil { cancelReason = .stopped }
        }
        settle(&actions)
    }

    /// A node that was completed before: nothing runs, but what waits for it goes on.
    package mutating func restore(_ node: Int) {
        phases[node] = .ended
        for target in graph.dependents(of: node) {
            missing[Int(target)] -= 1
            unstored[Int(target)] -= 1
        }
    }

    // MARK: - Events

    private mutating func computed(_ node: Int, _ actions: inout [Action]) {
        guard phases[node] == .computing else { return }
        if let failed = spoiled.removeValue(forKey: Int32(node)) {
            cancel(node, .unstored(Int(failed)), &actions)
            cancelDependents(of: node, because: .failure(of: Int(failed)), &actions)
            return
        }
        for reader in graph.readers(of: node) { release(Int(reader)) }
        if unstored[node] == 0 {
            phases[node] = .storing
            actions.append(.store(node))
        } else {
            phases[node] = .parked
            room.workers += 1
        }
    }

    private mutating func completed(_ node: Int) {
        guard phases[node] == .storing else { return }
        end(node)
        for reader in graph.readers(of: node) {
            unstored[Int(reader)] -= 1
            guard phases[Int(reader)] == .parked, unstored[Int(reader)] == 0 else { continue }
            phases[Int(reader)] = .storable
            storable.push(Int(reader))
        }
        for follower in graph.followers(of: node) {
            unstored[Int(follower)] -= 1
            release(Int(follower))
        }
    }

    private mutating func failed(_ node: Int, _ actions: inout [Action]) {
        let isComputed = phases[node] == .storing
        end(node)
        // What fails after the run was told to stop fails because of that.
        if cancelReason == nil { hasFailure = true }
        if isComputed { spoil(readersOf: node, &actions) }
        switch graph.node(node).onFailure {
        case .skipDependents: cancelDependents(of: node, &actions)
        case .stop: if cancelReason == nil { cancelReason = .failure(of: node) }
        }
    }

    private mutating func rest(_ node: Int, _ actions: inout [Action]) {
        if let failed = spoiled.removeValue(forKey: Int32(node)) {
            cancel(node, .unstored(Int(failed)), &actions)
            cancelDependents(of: node, because: .failure(of: Int(failed)), &actions)
            return
        }
        switch phases[node] {
        case .computing:
            phases[node] = .resting
            room.leave(graph.node(node))
            room.workers += 1
        case .storing:
            phases[node] = .restingComputed
            room.workers += 1
        default: break
        }
    }

    private mutating func goOn(_ node: Int) {
        switch phases[node] {
        case .resting:
            open -= 1
            phases[node] = .ready
            ready.push(node, graph.node(node))
        case .restingComputed:
            phases[node] = .storable
            storable.push(node)
        default: break
        }
    }

    // MARK: - Ends

    /// Nodes that read what could not be stored must not be stored either.
    private mutating func spoil(readersOf node: Int, _ actions: inout [Action]) {
        for reader in graph.readers(of: node).map({ Int($0) }) {
            switch phases[reader] {
            case .computing: spoiled[Int32(reader)] = Int32(node)
            case .parked, .resting:
                cancel(reader, .unstored(node), &actions)
                spoil(readersOf: reader, &actions)
                cancelDependents(of: reader, because: .failure(of: node), &actions)
            default: break
            }
        }
    }

    private mutating func cancelDependents(
        of node: Int,
        because reason: CancelReason? = nil,
        _ actions: inout [Action]
    ) {
        let reason = reason ?? .failure(of: node)
        var next = graph.dependents(of: node).map { Int($0) }
        while let node = next.popLast() {
            guard phases[node] == .waiting || phases[node] == .ready else { continue }
            phases[node] = .ended
            actions.append(.cancel(node, reason))
            next += graph.dependents(of: node).map { Int($0) }
        }
    }

    private mutating func cancel(_ node: Int, _ reason: CancelReason, _ actions: inout [Action]) {
        end(node)
        actions.append(.cancel(node, reason))
    }

    /// Takes a node that was begun out of the count, with everything that it had.
    private mutating func end(_ node: Int) {
        switch phases[node] {
        case .computing, .storing:
            room.workers += 1
            room.leave(graph.node(node))
        case .parked, .storable, .restingComputed: room.leave(graph.node(node))
        case .resting: break
        case .waiting, .ready, .ended: return
        }
        open -= 1
        phases[node] = .ended
    }

    // MARK: - Beginnings

    private mutating func release(_ node: Int) {
        missing[node] -= 1
        if missing[node] == 0 { makeReady(node) }
    }

    private mutating func makeReady(_ node: Int) {
        guard phases[node] == .waiting else { return }
        phases[node] = .ready
        ready.push(node, graph.node(node))
    }

    private mutating func settle(_ actions: inout [Action]) {
        if let cancelReason { cancelRest(cancelReason, &actions) }
        startStoring(&actions)
        startReady(&actions)
        if open == 0 && ready.isEmpty(phases) {
            finished = true
            actions.append(.finish)
        }
    }

    private mutating func startStoring(_ actions: inout [Action]) {
        while room.workers > 0, let node = storable.pop() {
            guard phases[node] == .storable else { continue }
            phases[node] = .storing
            room.workers -= 1
            actions.append(.store(node))
        }
    }

    private mutating func startReady(_ actions: inout [Action]) {
        while room.workers > 0, let node = ready.pop(room, graph, phases) {
            phases[node] = .computing
            open += 1
            room.workers -= 1
            room.enter(graph.node(node))
            actions.append(.run(node))
        }
    }

    /// Cancels what has not begun; what rests between two attempts will not begin again.
    private mutating func cancelRest(_ reason: CancelReason, _ actions: inout [Action]) {
        guard !isCancelled else { return }
        isCancelled = true
        ready.removeAll()
        for node in phases.indices {
            switch phases[node] {
            case .waiting, .ready:
                phases[node] = .ended
                actions.append(.cancel(node, reason))
            case .resting: cancel(node, reason, &actions)
            case .restingComputed:
                cancel(node, reason, &actions)
                spoil(readersOf: node, &actions)
            default: break
            }
        }
    }
}
