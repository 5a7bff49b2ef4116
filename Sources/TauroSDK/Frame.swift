/// A table: what nodes take and return.
///
/// A frame is immutable, is read any number of times, and hands out its columns without copying them. One that a node
/// was given, or got from SQL, belongs to the call: it can be read, from any thread, until the node returns. One that
/// was built of batches or columns belongs to nobody.
///
///     var total = 0.0
///     try flights.forEachBatch { batch in
///         let delays = try batch.column("dep_delay", as: Double.self)
///         for row in 0..<batch.rowCount { total += delays[row] ?? 0 }
///     }
public struct Frame: Sendable {
    package enum Storage: Sendable {
        case host(HostFrame)
        case memory(Schema, [RecordBatch])
    }

    package let storage: Storage

    package init(storage: Storage) { self.storage = storage }

    /// The columns' names and types.
    ///
    /// - Throws: `NodeError` with `.io` if a stored input can not be read, or after the node has returned.
    public var schema: Schema {
        get throws {
            switch storage {
            case .host(let frame): try frame.schema()
            case .memory(let schema, _): schema
            }
        }
    }

    /// The number of rows; nil while it is not known without reading the frame.
    public var rowCount: Int? {
        switch storage {
        case .host(let frame): frame.rowCount
        case .memory(_, let batches): batches.reduce(0) { $0 + $1.rowCount }
        }
    }
}
