/// Record batches one after another, all of one schema.
///
/// For one thread at a time.
public protocol RecordBatchStream: AnyObject {
    /// The columns' names and types.
    var schema: Schema { get }
    /// The next batch, or nil after the last one.
    func next() throws -> RecordBatch?
}

/// A stream over batches in memory.
public final class BatchListStream: RecordBatchStream {
    /// The columns' names and types.
    public let schema: Schema
    private var remaining: ArraySlice<RecordBatch>

    /// Creates a stream over `batches`, which all have `schema`.
    public init(schema: Schema, batches: [RecordBatch]) {
        self.schema = schema
        remaining = batches[...]
    }

    /// The next batch, or nil after the last one.
    public func next() -> RecordBatch? { remaining.popFirst() }
}
