import TauroBasics
package import TauroModel

/// Puts a run's history together from its record and the entries of its journal.
package struct HistoryBuilder {
    private let record: RunRecord
    private let isHeld: Bool
    private var nodes: [NodeProgress]
    private let places: [String: Int]
    private var hosts: [RunHost] = []
    private var ending: RunEnding?
    private var breakers: [BreakerChange] = []
    private var lastEntryAt: Timestamp?

    /// The history that the entries tell; nil where no host has begun.
    ///
    /// `isHeld` is whether a host that lives has the run; `unknownLines` how many lines of the journal are no entries.
    package static func history(
        of record: RunRecord,
        _ entries: [JournalEntry],
        isHeld: Bool,
        unknownLines: Int = 0
    ) -> RunHistory? {
        var builder = HistoryBuilder(record, isHeld: isHeld)
        for entry in entries { builder.add(entry) }
        return builder.finish(unknownLines)
    }

    private init(_ record: RunRecord, isHeld: Bool) {
        self.record = record
        self.isHeld = isHeld
        nodes = record.nodes.map { NodeProgress(name: $0.name) }
        let named = record.nodes.enumerated().map { ($1.name, $0) }
        places = Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    private mutating func add(_ entry: JournalEntry) {
        lastEntryAt = entry.at
        switch entry {
        case .hostBegan(let host):
            hosts.append(host)
            ending = nil
            for place in nodes.indices { nodes[place].leaveHost() }
        case .breakerChanged(let resource, let state, let failures, let at):
            breakers.append(BreakerChange(resource: resource, state: state, failures: failures, at: at))
        case .runEnded(let ending): self.ending = ending
        default:
            // A node that the plan has no more is of no interest to it.
            guard let place = entry.node.flatMap({ places[$0] }) else { return }
            nodes[place].add(entry, host: max(0, hosts.count - 1))
        }
    }

    private mutating func finish(_ unknownLines: Int) -> RunHistory? {
        guard let first = hosts.first else { return nil }
        let status = status
        if status != .running {
            for place in nodes.indices { nodes[place].end(with: status) }
        }
        return RunHistory(
            record: record,
            status: status,
            hosts: hosts,
            ending: ending,
            nodes: nodes.map(\.history),
            breakers: breakers,
            lastEntryAt: lastEntryAt ?? first.beganAt,
            unknownLines: unknownLines
        )
    }

    private var status: RunHistory.Status { RunHistory.Status(ending?.status, isHeld: isHeld) }
}

extension RunHistory.Status {
    /// Where a run stands that ended so in its last host's hands, if it did.
    init(_ ending: RunSummary.Status?, isHeld: Bool) {
        switch ending {
        case .completed: self = .completed
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        case nil: self = isHeld ? .running : .dead
        }
    }
}
