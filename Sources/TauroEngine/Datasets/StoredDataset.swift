import Synchronization
import TauroData
import TauroModel

/// A dataset in files, read anew for every stream.
///
/// Safe from any thread.
final class StoredDataset: FrameSource {
    /// The `SELECT` that reads it.
    let query: String
    /// Not known without reading.
    let rowCount: Int64? = nil
    private let engine: DuckDBEngine
    private let remembered = Mutex<Schema?>(nil)

    init(query: String, engine: DuckDBEngine) {
        self.query = query
        self.engine = engine
    }

    func schema() throws -> Schema {
        if let schema = remembered.withLock({ $0 }) { return schema }
        // Sniffing blocks on files, so it happens outside the lock; two threads may both do it, and find the same.
        let schema = try stream(of: "SELECT * FROM (\(query)) LIMIT 0").schema
        remembered.withLock { $0 = schema }
        return schema
    }

    func stream() throws -> any RecordBatchStream { try stream(of: query) }

    private func stream(of query: String) throws -> QueryStream {
        let token = CancellationToken()
        let result = try engine.connect().prepare(query).run(cancellation: token)
        return try QueryStream(result, leases: [], cancellation: token)
    }
}
