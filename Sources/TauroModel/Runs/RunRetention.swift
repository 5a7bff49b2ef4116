package import TauroBasics

/// Which runs a project keeps.
///
/// A run goes only where everything that is said lets it go; where nothing is said, all stay.
package struct RunRetention: Sendable, Hashable {
    /// Runs in which something happened within this time stay.
    package let olderThan: Duration?
    /// How many of the newest runs of each pipeline stay.
    package let keep: Int?
    /// Whether runs go that could still be resumed: dead, failed and cancelled ones.
    package let removesResumable: Bool

    package init(olderThan: Duration? = nil, keep: Int? = nil, removesResumable: Bool = false) {
        self.olderThan = olderThan
        self.keep = keep
        self.removesResumable = removesResumable
    }

    /// The ids of the runs that go, of runs in any order; the newest one first.
    ///
    /// Runs that a host has never go.
    package func removals(among runs: [RunOverview], now: Timestamp) -> [String] {
        if olderThan == nil && keep == nil { return [] }
        var seen: [String: Int] = [:]
        var removals: [String] = []
        for run in runs.sorted(by: RunOverview.isNewer) {
            seen[run.pipeline, default: 0] += 1
            let isKept = keep.map { seen[run.pipeline, default: 0] <= $0 } ?? false
            if !isKept && mayGo(run) && isOld(run, now) { removals.append(run.id) }
        }
        return removals
    }

    private func mayGo(_ run: RunOverview) -> Bool {
        switch run.status {
        case .running: false
        case .completed: true
        case .failed, .cancelled, .dead: removesResumable
        }
    }

    private func isOld(_ run: RunOverview, _ now: Timestamp) -> Bool {
        guard let olderThan else { return true }
        let (age, overflow) = now.millisecondsSinceEpoch
            .subtractingReportingOverflow(run.lastEntryAt.millisecondsSinceEpoch)
        return !overflow && Duration.milliseconds(age) > olderThan
    }
}

extension RunOverview {
    /// Whether one run began after another; of two that began at once, ids decide.
    ///
    /// The time in an id counts more than that of the clock, which may have been set back in between.
    package static func isNewer(_ run: RunOverview, _ other: RunOverview) -> Bool {
        run.place == other.place ? run.id > other.id : run.place > other.place
    }

    private var place: Timestamp { RunIdentifier.time(of: id) ?? startedAt }
}
