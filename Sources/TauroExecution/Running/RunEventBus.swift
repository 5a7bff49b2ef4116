import TauroBasics
package import TauroModel

/// Carries events to those who watch, on a thread of its own, so that nobody who watches holds up the run.
package final class RunEventBus: Sendable {
    private let queue = BlockingQueue<RunEvent>()
    private let pool: WorkerPool?

    /// Creates a bus; without observers it has no thread and drops what it is given.
    ///
    /// - Throws: `SystemError` when the system gives no thread.
    package init(observers: [any RunObserver]) throws {
        guard !observers.isEmpty else {
            pool = nil
            return
        }
        let pool = try WorkerPool(count: 1, name: "tauro-events")
        self.pool = pool
        pool.submit { [queue] in
            while let event = queue.pop() {
                for observer in observers { observer.observe(event) }
            }
        }
    }

    /// Hands an event over.
    ///
    /// Never waits.
    package func publish(_ event: RunEvent) {
        if pool != nil { queue.push(event) }
    }

    /// Waits until every event has been seen.
    ///
    /// Call it once, at the end.
    package func drain() {
        queue.close()
        pool?.shutdown()
    }
}
