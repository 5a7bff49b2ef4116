import TauroModel
import TauroState

/// A journal, with what was given to it and what it has acknowledged, by all hosts.
final class JournalLog: @unchecked Sendable {
    // Used by the one thread that plays the history.

    private let world: World
    private let store: SimulatedJournalStore
    private let durability: Durability
    private var journal: JournalFile?
    /// Everything that was given to it and may be in it.
    private var given: [JournalEntry] = []
    /// How many of these entries it has acknowledged.
    private var acknowledged = 0
    /// Whether power was lost which the journal was not meant to outlive.
    private(set) var isWeak = false

    init(_ world: World, _ durability: Durability) {
        self.world = world
        self.durability = durability
        store = SimulatedJournalStore(world)
    }

    /// Sets how many calls of a thousand fail.
    func fail(perThousand failures: Int) { store.failuresPerThousand = failures }

    /// The machine loses its power; no host lives any more.
    func losePower() {
        store.losePower()
        if durability == .process { isWeak = true }
    }

    /// A host opens the journal: what it finds there.
    func open() -> [JournalEntry] {
        do {
            let (journal, content) = try JournalFile.open(store, durability: durability)
            self.journal = journal
            check(content.entries)
            // What outlived its host unacknowledged is sure only when the next entries are.
            given = content.entries
            acknowledged = min(acknowledged, given.count)
            return content.entries
        } catch {
            world.expect(false, "the journal could not be opened: \(error.message)")
            return []
        }
    }

    /// What is in the journal, as somebody sees it who only looks.
    func look() -> [JournalEntry] { (try? JournalContent(store.bytes).entries) ?? [] }

    /// Writes entries; throws where that failed.
    func append(_ entries: [JournalEntry]) throws {
        guard let journal, !world.isDead else { throw HostDied() }
        given += entries
        try journal.append(entries)
    }

    /// Notes that whoever had entries written knows that they are.
    func acknowledge() { acknowledged = given.count }

    private func check(_ found: [JournalEntry]) {
        world.expect(given.starts(with: found), "the journal holds what nobody has written, or in another order")
        world.expect(
            isWeak || found.count >= acknowledged,
            "the journal has lost \(acknowledged - found.count) entries that it had acknowledged"
        )
    }
}
