import Synchronization
package import TauroModel

/// Remembers every event of a run.
package final class EventRecorder: RunObserver {
    private let events = Mutex<[RunEvent]>([])

    package init() {}

    package func observe(_ event: RunEvent) { events.withLock { $0.append(event) } }

    /// All events so far.
    package var all: [RunEvent] { events.withLock { $0 } }
}
