import Synchronization
package import TauroBasics
package import TauroModel

/// Carries events to those who watch, on a thread of its own, so that nobody who watches holds up the run.
///
/// However slow they are, what waits for them is bounded: see `EventBacklog`.
package final class RunEventBus: Sendable {
    private struct State {
        var backlog = EventBacklog()
        var isClosed = false

        /// The next events, nil inside when there will be none, nil outside while there are none yet.
        mutating func take() -> [RunEvent]?? {
            if let events = backlog.take() { return events }
            return isClosed ? .some(nil) : nil
        }
    }

    private let state = Monitor(State())
    private let allSeen = Monitor(false)
    /// How many events observers have seen.
    private let seen = EventCount()
    private let leastLevel: LogLevel
    private let pool: WorkerPool?
    private let runID: String
    private let clock: any WallClock
    private let patience: Duration
    private let longest: Duration

    /// Creates a bus; without observers it has no thread and drops what it is given.
    ///
    /// After the run's end observers see what they have not seen yet, as long as they come to the next event within
    /// `patience`, and for no longer than `longest` in all.
    /// - Throws: `SystemError` when the system gives no thread.
    package init(
        runID: String,
        clock: any WallClock,
        observers: [any RunObserver],
        patience: Duration = .seconds(5),
        longest: Duration = .seconds(60)
    ) throws {
        self.runID = runID
        self.clock = clock
        self.patience = patience
        self.longest = longest
        leastLevel = observers.map(\.leastLevel).min() ?? .error
        guard !observers.isEmpty else {
            pool = nil
            return
        }
        let pool = try WorkerPool(count: 1, name: "tauro-events")
        self.pool = pool
        pool.submit { [state, allSeen, seen] in
            defer { allSeen.withLockNotifyingAll { $0 = true } }
            while let events = state.awaitValue({ $0.take() }) {
                for event in events {
                    for observer in observers { observer.observe(event) }
                    seen.add()
                }
            }
        }
    }

    /// Whether anyone watches.
    package var isWatched: Bool { pool != nil }

    /// Hands an event over.
    ///
    /// Never waits.
    package func publish(_ kind: @autoclosure () -> RunEvent.Kind) {
        if pool == nil { return }
        let kind = kind()
        if case .nodeReported(_, _, .log(let level, _)) = kind, level < leastLevel { return }
        let event = RunEvent(runID: runID, at: clock.wallTime(), kind)
        state.withLockNotifyingOne { state in
            if !state.isClosed { state.backlog.add(event) }
        }
    }

    /// Waits until every event has been seen, but no longer than observers may take: one that hangs can not hold up a run.
    ///
    /// Call it once, at the end.
    package func drain() {
        state.withLockNotifyingAll { $0.isClosed = true }
        guard let pool else { return }
        if waitForObservers() { pool.shutdown() } else { pool.leave() }
    }

    /// Whether every event has been seen in time.
    private func waitForObservers() -> Bool {
        let clock = SystemMonotonicClock()
        let last = clock.nanoseconds() + longest.wholeNanoseconds
        while true {
            let before = seen.count
            let end = min(last, clock.nanoseconds() + patience.wholeNanoseconds)
            if allSeen.awaitValue(until: end, { $0 ? () : nil }) != nil { return true }
            if seen.count == before || clock.nanoseconds() >= last { return false }
        }
    }
}

/// A count that one thread adds to and others read.
private final class EventCount: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }

    func add() { value.wrappingAdd(1, ordering: .relaxed) }
}
