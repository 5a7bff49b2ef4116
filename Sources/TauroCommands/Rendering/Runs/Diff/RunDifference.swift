import TauroModel

/// What differs between two runs: of the runs themselves, and of each node of either.
struct RunDifference {
    /// Something that both runs have, as text; nil where one has none.
    struct Pair: Equatable {
        let name: String
        let first: String?
        let second: String?

        var differs: Bool { first != second }
    }

    /// What is known of a node in one of the runs.
    struct Side {
        let node: NodeHistory
        let seconds: Double?
        let fingerprint: NodeFingerprint?

        var rows: Int64? { node.completion?.rows }
        /// What it stored, as id and bytes.
        var outputs: [String] {
            (node.completion?.outputs ?? []).map { "\($0.record.id) (\(Quantities.bytes($0.record.bytes)))" }
        }
    }

    /// A node that at least one of the runs has.
    struct Node {
        let name: String
        let first: Side?
        let second: Side?

        /// What went into the node and is not the same; every part for a node that only one has.
        var inputs: [Pair] {
            guard let then = first?.fingerprint, let now = second?.fingerprint else { return [] }
            let names = now.changes(since: then)
            return names.map { name in
                Pair(name: name, first: value(name, then), second: value(name, now))
            }
        }

        /// How much longer the second run took, in seconds; nil where the node did not run in both.
        var slower: Double? {
            guard let then = first?.seconds, let now = second?.seconds else { return nil }
            return now - then
        }

        /// Whether anything but the time differs.
        var differs: Bool {
            guard let first, let second else { return true }
            return first.node.status != second.node.status || first.node.attempts.count != second.node.attempts.count
                || first.rows != second.rows || first.outputs != second.outputs || !inputs.isEmpty
        }

        private func value(_ name: String, _ fingerprint: NodeFingerprint) -> String? {
            fingerprint.parts.first { $0.name == name }?.value
        }
    }

    let first: RunFigures
    let second: RunFigures
    /// What is asked and told of a whole run, alike or not.
    let run: [Pair]
    /// The second run's nodes in their order, then those that only the first has.
    let nodes: [Node]

    init(_ first: RunHistory, _ second: RunHistory) {
        let then = RunFigures(first)
        let now = RunFigures(second)
        self.first = then
        self.second = now
        run = zip(Self.facts(first), Self.facts(second)).map { Pair(name: $0.0, first: $0.1, second: $1.1) }
        let before = Self.sides(then)
        let after = Self.sides(now)
        let names = second.nodes.map(\.name) + first.nodes.map(\.name).filter { after[$0] == nil }
        nodes = names.map { Node(name: $0, first: before[$0], second: after[$0]) }
    }

    private static func facts(_ run: RunHistory) -> [(String, String?)] {
        let record = run.record
        let options = RunWords.options(record.request).joined(separator: " ")
        return [
            ("pipeline", record.pipeline), ("status", run.status.rawValue), ("dates", RunWords.dates(record.dates)),
            ("engine", record.engine), ("nodes at once", "\(record.maxWorkers)"),
            ("options", options.isEmpty ? nil : options), ("host version", run.hosts.last?.version),
            ("machine", run.hosts.last?.machine), ("hosts", "\(run.hosts.count)"), ("nodes", "\(run.nodes.count)"),
        ]
    }

    private static func sides(_ figures: RunFigures) -> [String: Side] {
        let sides = figures.history.nodes.enumerated().map { place, node in
            let seconds = node.attempts.isEmpty ? nil : figures.times.seconds(node)
            return (node.name, Side(node: node, seconds: seconds, fingerprint: figures.records[place]?.fingerprint))
        }
        return Dictionary(sides) { first, _ in first }
    }
}
