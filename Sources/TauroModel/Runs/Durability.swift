/// What the memory of a run survives.
public enum Durability: String, Sendable, CaseIterable {
    /// The death of the process.
    case process
    /// The death of the machine: everything is on the disk before it counts, which costs time.
    case power
}
