/// What a run's journal outlives.
public enum Durability: String, Sendable, CaseIterable {
    /// The death of the host: entries are in the system's hands, which writes them to the disk in its own time.
    case process
    /// A loss of power: entries are on the disk before the run goes on. Costs one write to the disk a batch of entries.
    case power
}
