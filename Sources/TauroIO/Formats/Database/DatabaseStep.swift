/// A point in the storing into a database at which a crash may happen; tests stop there.
enum DatabaseStep: String, Sendable, CaseIterable {
    /// The transaction has begun, and no other run stores into the table meanwhile.
    case begun
    /// The table is there, and the rows that are replaced are gone.
    case prepared
    /// The new rows are in it.
    case ingested
    /// The commit is written down.
    case recorded
    /// All of it lasts.
    case committed
}
