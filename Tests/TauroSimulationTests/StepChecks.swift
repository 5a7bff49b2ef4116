import TauroModel

@testable import TauroExecution

/// Holds the threads of a host to what they may be at: what runs at once, and what must be in the journal before.
struct StepChecks {
    private let world: World
    private let scenario: Scenario
    private let places: [String: Int]
    /// What each thread is at, of those that somebody waits for.
    private var active: [Int: Int] = [:]
    /// Attempts whose beginnings the journal has.
    private var begun: [Int: Int] = [:]
    /// Nodes whose completions the journal has.
    private var completed: Set<Int> = []
    private var isJournalBroken = false

    init(_ scenario: Scenario, _ world: World) {
        self.world = world
        self.scenario = scenario
        places = Dictionary(uniqueKeysWithValues: scenario.nodes.enumerated().map { ($1.name, $0) })
    }

    /// The journal has entries.
    mutating func acknowledge(_ entries: [JournalEntry]) {
        for entry in entries {
            guard let place = entry.node.flatMap({ places[$0] }) else { continue }
            switch entry {
            case .nodeStarted(_, let attempt, _, _): begun[place] = attempt
            case .nodeCompleted, .nodeRestored: completed.insert(place)
            default: break
            }
        }
    }

    /// The journal has failed.
    mutating func breakJournal() { isJournalBroken = true }

    /// A thread begins to compute a node, or to store it.
    mutating func begin(_ thread: Int, _ node: Int, attempt: Int, isStoring: Bool, computed: Set<Int>) {
        world.expect(!isJournalBroken, "n\(node) began after the journal had failed")
        world.expect(!active.values.contains(node), "n\(node) began while it was under way")
        world.expect(begun[node] == attempt, "attempt \(attempt) of n\(node) began before the journal knew of it")
        for other in scenario.nodes[node].dependencies {
            if isStoring || scenario.nodes[node].after.contains(other) {
                world.expect(
                    completed.contains(other),
                    "n\(node) began before the journal had that n\(other) completed"
                )
            } else {
                world.expect(computed.contains(other), "n\(node) began before n\(other), which it reads, was computed")
            }
        }
        active[thread] = node
        checkRoom()
    }

    /// A thread is at nothing, or nobody waits for it any more.
    mutating func end(_ thread: Int) { active[thread] = nil }

    private func checkRoom() {
        let nodes = active.values.map { scenario.nodes[$0] }
        world.expect(nodes.count <= scenario.maxWorkers, "\(nodes.count) nodes run, of \(scenario.maxWorkers) allowed")
        for (pool, limit) in scenario.pools {
            let count = nodes.count { $0.execution.pool == pool }
            world.expect(count <= limit, "\(count) nodes of pool \(pool) run, of \(limit) allowed")
        }
        let stated = nodes.compactMap(\.execution.memory)
        // One that states more than there is runs alone.
        if let limit = scenario.nodeMemory, stated.count > 1 {
            let sum = stated.reduce(0, +)
            world.expect(sum <= limit, "nodes that state \(sum) bytes run, of \(limit) allowed")
        }
    }
}
