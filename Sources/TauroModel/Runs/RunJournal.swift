/// Where a run remembers what it did, so that it can be resumed.
///
/// One writer at a time: calls of one journal never overlap.
package protocol RunJournal: Sendable {
    /// Adds entries, in order, and returns when they are as durable as the journal promises.
    ///
    /// - Throws: `ResourceError` when they can not be written: the run must stop then, because nothing it did from here on
    ///   would be remembered.
    func append(_ entries: [JournalEntry]) throws
}
