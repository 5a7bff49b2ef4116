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

    /// The `SELECT` that reads it; looks at the file the first time, if that saves looking later.
    private func query(on connection: DuckDBConnection) -> String {
        if let query = query.withLock({ $0 }) { return query }
        // Looking blocks on the file, so it happens outside the lock; two threads may both do it, and find the same.
        let found = (try? sniff(on: connection)).flatMap { try? request.query($0) } ?? plainQuery
        query.withLock { $0 = found }
        return found
    }

    func select(
        on connection: DuckDBConnection,
        _ cancellation: CancellationToken
    ) -> (text: String, leases: [FrameLease]) {
        (query(on: connection), [])
    }

    private func sniff(on connection: DuckDBConnection) throws -> CSVDialect? {
        guard let query = try request.sniffQuery() else { return nil }
        let token = CancellationToken()
        let stream = try QueryStream(
            try connection.prepare(query).run(cancellation: token),
            leases: [],
            cancellation: token
        )
        guard let batch = try stream.next(), let json = try batch.column(at: 0).values(as: String.self).first else {
            return nil
        }
        return json.flatMap { CSVDialect(json: $0) }
    }
}
