import Synchronization
import TauroData
import TauroModel

/// A dataset in files, read anew for every stream.
///
/// Safe from any thread.
final class StoredDataset: SelectSource {
    private let request: ReadRequest
    private let plainQuery: String
    let engine: DuckDBEngine
    let knownSchema = KnownSchema()
    private let query = Mutex<String?>(nil)

    /// Creates a dataset; nothing is read yet.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an option or a type that can not be.
    init(_ request: ReadRequest, engine: DuckDBEngine) throws(SQLError) {
        self.request = request
        self.plainQuery = try request.query()
        self.engine = engine
    }

    /// The `SELECT` that reads it; looks at the files the first time, if their types have to be found out.
    private func query(on connection: DuckDBConnection) throws -> String {
        guard request.isForeignText else { return plainQuery }
        if let query = query.withLock({ $0 }) { return query }
        // Looking blocks on the files, so it happens outside the lock; two threads may both do it, and find the same.
        let found = try FoundColumns(request: request, connection: connection).query()
        query.withLock { $0 = found }
        return found
    }

    func select(
        on connection: DuckDBConnection,
        _ cancellation: CancellationToken
    ) throws -> (text: String, leases: [FrameLease]) {
        (try query(on: connection), [])
    }
}
