import Synchronization
package import TauroBasics
public import TauroData

/// A table: what nodes take and return.
///
/// The native counterpart of the original's Spark DataFrame.
///
/// A frame is immutable, is read any number of times by any number of threads, and hands out its columns without
/// copying them. It is record batches in memory, rows on disk that memory had no room for, or a stored dataset that is
/// read when it is asked for.
public final class Frame: Sendable {
    /// Where a frame's rows are.
    package enum Content: Sendable {
        case memory(Schema, [RecordBatch])
        case source(any FrameSource)
    }

    /// The rows' buffers in the account of the run, for as long as the frame keeps them: let go before the rows are.
    private let held: [HeldBuffers]
    package let content: Content
    /// The rows as other processes get them, once one has.
    let shared: Mutex<SharedRows?>

    /// Creates a frame of record batches that all have `schema`.
    public init(schema: Schema, batches: [RecordBatch]) {
        self.held = []
        self.content = .memory(schema, batches)
        self.shared = Mutex(nil)
    }

    /// Creates a frame of rows that are accounted for.
    init(schema: Schema, batches: [RecordBatch], held: [HeldBuffers]) {
        self.held = held
        self.content = .memory(schema, batches)
        self.shared = Mutex(nil)
    }

    /// Creates a frame of rows that are shared with other processes already.
    package init(schema: Schema, batches: [RecordBatch], sealed: SealedMemory?) {
        self.content = .memory(schema, batches)
        self.shared = Mutex(sealed.map { SharedRows(held: nil, memory: $0) })
        self.held = []
    }

    package init(source: any FrameSource) {
        self.content = .source(source)
        self.shared = Mutex(nil)
        self.held = []
    }

    /// The columns' names and types.
    ///
    /// Reads the source's head the first time, if the frame is a stored dataset.
    public func schema() throws -> Schema {
        switch content {
        case .memory(let schema, _): schema
        case .source(let source): try source.schema()
        }
    }

    /// The number of rows, or nil while it is not known without reading everything.
    public var rowCount: Int64? {
        switch content {
        case .memory(_, let batches): batches.reduce(0) { $0 + Int64($1.rowCount) }
        case .source(let source): source.rowCount
        }
    }

    /// The same rows in memory: the frame itself if they are, else everything read once.
    package func inMemory(cancellation: CancellationToken = CancellationToken()) throws -> Frame {
        guard case .source(let source) = content else { return self }
        let stream = try source.stream(cancellation: cancellation)
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        return Frame(schema: stream.schema, batches: batches)
    }

    /// Opens a new stream over the rows, from the first one.
    public func stream() throws -> any RecordBatchStream { try stream(cancellation: CancellationToken()) }

    /// Opens a new stream that ends with an error once the token is cancelled.
    package func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        switch content {
        case .memory(let schema, let batches): BatchListStream(schema: schema, batches: batches)
        case .source(let source): try source.stream(cancellation: cancellation)
        }
    }
}

/// A table that lives somewhere else and is read on demand: any number of times, from any thread.
package protocol FrameSource: Sendable {
    /// The columns' names and types; may read the head of the source, and remembers it.
    func schema() throws -> Schema
    /// The number of rows if the source knows it for nothing.
    var rowCount: Int64? { get }
    /// A new, independent stream over all rows, which ends with an error once the token is cancelled.
    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream
}
