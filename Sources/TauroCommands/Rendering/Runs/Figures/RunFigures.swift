import TauroBasics
import TauroModel

/// What is told of a run beyond its history: which node needs which, how long everything took, and what held it up.
struct RunFigures {
    let history: RunHistory
    let times: RunTimes
    /// What was asked of each node of the history; nil where the record has none of that name.
    let records: [RunRecord.Node?]
    /// The places of the nodes that each node waits for, all before its own.
    let dependencies: [[Int]]
    /// The places of the nodes on the longest chain of durations; only nodes that ran.
    let criticalPath: [Int]

    init(_ history: RunHistory) {
        self.history = history
        times = RunTimes(history)
        let byName = Dictionary(history.record.nodes.map { ($0.name, $0) }) { first, _ in first }
        let records = history.nodes.map { byName[$0.name] }
        let places = Dictionary(history.nodes.enumerated().map { ($1.name, $0) }) { first, _ in first }
        dependencies = records.enumerated().map { place, record in
            (record?.dependencies ?? []).compactMap { places[$0] }.filter { $0 < place }
        }
        self.records = records
        let times = times
        criticalPath = CriticalPath.places(
            seconds: history.nodes.map { times.occupiedSeconds($0) },
            dependencies: dependencies
        ).filter { !history.nodes[$0].attempts.isEmpty }
    }

    /// How long all attempts of all nodes ran, added up.
    var nodeSeconds: Double { history.nodes.reduce(0) { $0 + times.seconds($1) } }

    /// How long the nodes of the critical path took.
    var criticalSeconds: Double { criticalPath.reduce(0) { $0 + times.occupiedSeconds(history.nodes[$1]) } }

    /// How many nodes have at least one attempt by the last host.
    var nodesOfLastHost: Int {
        history.nodes.count { node in node.attempts.contains { $0.host == history.hosts.count - 1 } }
    }

    /// How long the last host itself took for each node that it ran; nil where that is not known.
    var engineSecondsPerNode: Double? {
        guard let ending = history.ending, nodesOfLastHost > 0 else { return nil }
        return ending.engineSeconds / Double(nodesOfLastHost)
    }

    /// How many nodes are in each state, the best first, without those that no node is in.
    var counts: [(status: NodeStatus, count: Int)] {
        let order: [NodeStatus] = [.completed, .running, .retrying, .failed, .cancelled, .pending]
        return order.map { status in (status, history.nodes.count { $0.status == status }) }.filter { $0.1 > 0 }
    }

    /// How many nodes completed.
    var completedCount: Int { history.nodes.count { $0.status == .completed } }

    /// Whether there is something left to do that `--resume` would do.
    var canBeResumed: Bool { [.failed, .cancelled, .dead].contains(history.status) }
}
