/// What is to come to pass, each at its moment; what has one moment comes in an order of chance.
struct EventQueue {
    private struct Entry {
        let moment: Int64
        let order: UInt64
        let event: SimulatedHost.Event
    }

    private var entries: [Entry] = []

    /// Adds what comes to pass at a moment.
    mutating func add(_ event: SimulatedHost.Event, at moment: Int64, _ world: World) {
        entries.append(Entry(moment: moment, order: world.number(), event: event))
    }

    /// Takes what comes next, and has the world's time go on to its moment; nil where nothing is left.
    mutating func next(_ world: World) -> SimulatedHost.Event? {
        let places = entries.indices
        guard let first = places.min(by: { key(entries[$0]) < key(entries[$1]) }) else { return nil }
        let entry = entries[first]
        entries.swapAt(first, entries.count - 1)
        entries.removeLast()
        world.now = max(world.now, entry.moment)
        return entry.event
    }

    /// Forgets what is only to come while a run goes on.
    mutating func removeTicks() {
        entries.removeAll { entry in
            switch entry.event {
            case .tick, .stop: true
            default: false
            }
        }
    }

    private func key(_ entry: Entry) -> (Int64, UInt64) { (entry.moment, entry.order) }
}
