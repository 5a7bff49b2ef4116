/// Keeps copies of results in a run's directory, for a run that is resumed: of those that their outputs can not give back
/// as they were.
///
/// Safe from any thread; blocks its own.
package protocol ResultKeeper: Sendable {
    /// Keeps a copy of what a node returned.
    ///
    /// - Throws: `ResourceError` or `DatasetError` when there is no room for it.
    func keep(_ result: Dataset, of node: String, cancellation: CancellationToken) throws -> FileSeal
    /// The very result that was kept; nil where the copy is not there as it was written.
    ///
    /// Reads all of it.
    func restore(_ copy: FileSeal) throws -> Dataset?
}
