import Synchronization
import TauroData
import TauroModel

/// A few rows of a batch.
struct Slice {
    let batch: RecordBatch
    let range: Range<Int>

    /// The rows that one call of a scan hands over: DuckDB's own unit.
    static let rows = 2_048
}

/// Hands out the rows of one scan, slice by slice.
///
/// Safe from any thread.
protocol SliceCursor: Sendable {
    /// The next slice, which nobody else gets; nil after the last one.
    func next() throws -> Slice?
}

/// Goes over batches in memory or on disk.
final class MemoryCursor: SliceCursor {
    private let frame: SlicedBatches
    private let nextSlice = Atomic<Int>(0)

    init(_ frame: SlicedBatches) { self.frame = frame }

    func next() throws -> Slice? {
        let slice = nextSlice.wrappingAdd(1, ordering: .relaxed).oldValue
        return slice < frame.sliceCount ? try frame.slice(slice) : nil
    }
}

/// Goes over a source, of which it holds one batch at a time.
final class SourceCursor: SliceCursor {
    private struct State {
        var stream: (any RecordBatchStream)?
        var batch: RecordBatch?
        var position = 0
        var hasEnded = false
    }

    private let source: any FrameSource
    /// The places of the columns that batches have; nil for all.
    private let columns: [Int]?
    private let types: [ArrowType]
    private let cancellation: CancellationToken
    private let state = Mutex(State())

    /// Creates a cursor over the columns at some places of `schema`, the source's; nothing is read yet.
    init(_ source: any FrameSource, columns: [Int], of schema: Schema, _ cancellation: CancellationToken) {
        self.cancellation = cancellation
        let all = Array(schema.fields.indices)
        self.source = source
        self.columns = source is any ColumnSource && columns != all ? columns : nil
        types = (self.columns ?? all).map { schema.fields[$0].type }
    }

    /// The place that a column of the source has in the batches.
    func place(of column: Int) -> Int? { columns.map { $0.firstIndex(of: column) } ?? column }

    func next() throws -> Slice? { try state.withLock { try next(&$0) } }

    private func next(_ state: inout State) throws -> Slice? {
        while !state.hasEnded {
            if let batch = state.batch, state.position < batch.rowCount {
                let range = state.position..<min(state.position + Slice.rows, batch.rowCount)
                state.position = range.upperBound
                return Slice(batch: batch, range: range)
            }
            do {
                let stream = try state.stream ?? open()
                state.stream = stream
                state.batch = try stream.next()
                state.position = 0
            } catch {
                state = State(hasEnded: true)
                throw error
            }
            if state.batch == nil { state = State(hasEnded: true) }
        }
        return nil
    }

    private func open() throws -> any RecordBatchStream {
        let stream =
            if let columns, let source = source as? any ColumnSource {
                try source.stream(columns: columns, cancellation: cancellation)
            } else {
                try source.stream(cancellation: cancellation)
            }
        guard stream.schema.fields.map(\.type) == types else {
            throw SQLError(.io, "the columns have other types than when the query began: \(stream.schema)")
        }
        return stream
    }
}
