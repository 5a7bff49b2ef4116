import Synchronization
import TauroData
import TauroModel

/// A dataset in files, read anew for every stream.
///
/// Safe from any thread.
final class StoredDataset: FrameSource {
    /// Not known without reading.
    let rowCount: Int64? = nil
    private let request: ReadRequest
    private let plainQuery: String
    private let engine: DuckDBEngine
    private let remembered = Mutex<Schema?>(nil)
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
    func query(on connection: DuckDBConnection) -> String {
        if let query = query.withLock({ $0 }) { return query }
        // Looking blocks on the file, so it happens outside the lock; two threads may both do it, and find the same.
        let found = (try? sniff(on: connection)).flatMap { try? request.query($0) } ?? plainQuery
        query.withLock { $0 = found }
        return found
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

    func schema() throws -> Schema {
        if let schema = remembered.withLock({ $0 }) { return schema }
        // Sniffing blocks on files, so it happens outside the lock; two threads may both do it, and find the same.
        let schema = try stream(CancellationToken()) { "SELECT * FROM (\($0)) LIMIT 0" }.schema
        remembered.withLock { $0 = schema }
        return schema
    }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream { try stream(cancellation) { $0 } }

    private func stream(_ token: CancellationToken, of text: (String) -> String) throws -> QueryStream {
        let connection = try engine.connect()
        let result = try connection.prepare(text(query(on: connection))).run(cancellation: token)
        return try QueryStream(result, leases: [], cancellation: token)
    }
}
