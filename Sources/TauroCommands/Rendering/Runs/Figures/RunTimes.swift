import TauroBasics
import TauroModel

/// How long things of a run took, as far as its journal tells.
///
/// Where a host died nobody wrote down when: its time, and that of the attempts it had, then ends at the last thing
/// that is known of it.
struct RunTimes {
    /// A stretch of time.
    struct Span: Equatable {
        let start: Timestamp
        /// Never before the start.
        let end: Timestamp

        init(_ start: Timestamp, _ end: Timestamp) {
            self.start = start
            self.end = max(start, end)
        }

        var seconds: Double { Double(end.millisecondsSinceEpoch - start.millisecondsSinceEpoch) / 1000 }
    }

    /// When each host had the run, the first one first.
    let hosts: [Span]

    init(_ history: RunHistory) {
        var known = history.hosts.map(\.beganAt)
        for attempt in history.nodes.flatMap(\.attempts) where known.indices.contains(attempt.host) {
            let last = attempt.endedAt ?? attempt.computedAt ?? attempt.startedAt
            known[attempt.host] = max(known[attempt.host], last)
        }
        if let last = known.indices.last {
            known[last] = max(known[last], history.ending?.at ?? history.lastEntryAt)
        }
        hosts = zip(history.hosts, known).map { host, end in Span(host.beganAt, end) }
    }

    /// From when the first host took the run to the last that is known of it.
    var whole: Span? {
        guard let first = hosts.first, let last = hosts.last else { return nil }
        return Span(first.start, last.end)
    }

    /// How long hosts had the run, without the time between them.
    var seconds: Double { hosts.reduce(0) { $0 + $1.seconds } }

    /// When the attempt ran.
    func span(_ attempt: AttemptHistory) -> Span {
        let hostEnd = hosts.indices.contains(attempt.host) ? hosts[attempt.host].end : attempt.startedAt
        return Span(attempt.startedAt, attempt.endedAt ?? hostEnd)
    }

    /// How long the node's attempts ran.
    func seconds(_ node: NodeHistory) -> Double { node.attempts.reduce(0) { $0 + span($1).seconds } }

    /// How long those that depend on the node had to wait for it once it had begun: its attempts, and the waiting between
    /// two attempts in the hands of one host.
    func occupiedSeconds(_ node: NodeHistory) -> Double {
        seconds(node) + waits(node).reduce(0) { $0 + $1.seconds }
    }

    /// When the node waited to be tried again.
    func waits(_ node: NodeHistory) -> [Span] {
        zip(node.attempts, node.attempts.dropFirst()).compactMap { earlier, later in
            guard earlier.host == later.host, earlier.outcome == .failed else { return nil }
            return Span(span(earlier).end, later.startedAt)
        }
    }
}
