import Synchronization
import TauroData
import TauroModel

/// Rows that a `SELECT` computes, anew for every stream.
protocol SelectSource: FrameSource {
    var engine: DuckDBEngine { get }
    var knownSchema: KnownSchema { get }

    /// The `SELECT`, and what must outlive its run; the token ends what is read for it.
    func select(
        on connection: DuckDBConnection,
        _ cancellation: CancellationToken
    ) throws -> (text: String, leases: [FrameLease])
}

extension SelectSource {
    /// Not known without running the query.
    var rowCount: Int64? { nil }

    func schema() throws -> Schema {
        try knownSchema.value { try head().schema }
    }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream { try stream(cancellation) { $0 } }

    /// Whether all columns have the same types in DuckDB after nodes have received them.
    ///
    /// Nodes receive JSON as text, which is stored as a text.
    func keepsTypes() throws -> Bool {
        guard try head().keepsTypes else { return false }
        let columns = try stream(CancellationToken()) { "DESCRIBE \($0)" }
        while let batch = try columns.next() {
            let types = try batch.column("column_type", as: String.self)
            if (0..<batch.rowCount).contains(where: { types[$0]?.contains("JSON") == true }) { return false }
        }
        return true
    }

    private func head() throws -> QueryStream { try stream(CancellationToken()) { "SELECT * FROM (\($0)) LIMIT 0" } }

    private func stream(_ token: CancellationToken, of text: (String) -> String) throws -> QueryStream {
        let connection = try engine.connect()
        let select = try select(on: connection, token)
        let result = try connection.prepare(text(select.text)).run(cancellation: token)
        return try QueryStream(result, leases: select.leases, cancellation: token)
    }
}

/// A schema that is looked up once.
///
/// Safe from any thread.
final class KnownSchema: Sendable {
    private let known = Mutex<Schema?>(nil)

    /// The schema; `find` looks it up where it is not known.
    func value(_ find: () throws -> Schema) throws -> Schema {
        if let schema = known.withLock({ $0 }) { return schema }
        // Looking at files blocks, so it happens outside the lock; two threads may both do it, and find the same.
        let schema = try find()
        known.withLock { $0 = schema }
        return schema
    }
}
