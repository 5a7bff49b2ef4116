import TauroBasics
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
    private let leastLevel: LogLevel
    private let pool: WorkerPool?

    /// Creates a bus; without observers it has no thread and drops what it is given.
    ///
    /// - Throws: `SystemError` when the system gives no thread.
    package init(observers: [any RunObserver]) throws {
        leastLevel = observers.map(\.leastLevel).min() ?? .error
        guard !observers.isEmpty else {
            pool = nil
            return
        }
        let pool = try WorkerPool(count: 1, name: "tauro-events")
        self.pool = pool
        pool.submit { [state] in
            while let events = state.awaitValue({ $0.take() }) {
                for event in events {
                    for observer in observers { observer.observe(event) }
                }
            }
        }
    }

    /// Hands an event over.
    ///
    /// Never waits.
    package func publish(_ event: RunEvent) {
        if pool == nil { return }
        if case .nodeReported(_, .log(let level, _)) = event, level < leastLevel { return }
        state.withLockNotifyingOne { state in
            if !state.isClosed { state.backlog.add(event) }
        }
    }

    /// Waits until every event has been seen.
    ///
    /// Call it once, at the end.
    package func drain() {
        state.withLockNotifyingAll { $0.isClosed = true }
        pool?.shutdown()
    }
}
