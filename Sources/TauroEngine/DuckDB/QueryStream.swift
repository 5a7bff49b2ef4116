import CTauro
import TauroData
import TauroModel

/// The rows of a running query as batches that nodes may receive, gathered from DuckDB's small chunks.
///
/// Keeps the frames that the query scans registered until it is gone. For one thread at a time.
final class QueryStream: RecordBatchStream {
    let schema: Schema
    /// How many rows a batch has at least, except the last: DuckDB's own row group.
    static let batchRows = 122_880

    private let result: DuckDBResult
    private let leases: [FrameLease]
    private let conversion: ResultConversion
    private let cancellation: CancellationToken
    private var ready: [RecordBatch] = []
    private var hasEnded = false

    init(_ result: DuckDBResult, leases: [FrameLease], cancellation: CancellationToken) throws {
        self.result = result
        self.leases = leases
        self.cancellation = cancellation
        conversion = try ResultConversion(result)
        schema = conversion.schema
    }

    func next() throws -> RecordBatch? {
        if ready.isEmpty { ready = try gather().reversed() }
        return ready.popLast()
    }

    /// The next few batches: one, unless its text passes what 32-bit offsets can count.
    private func gather() throws -> [RecordBatch] {
        var chunks: [RecordBatch] = []
        var rows = 0
        while !hasEnded, rows < QueryStream.batchRows {
            if cancellation.isCancelled { throw SQLError.cancelled }
            guard var array = try result.nextChunk() else {
                hasEnded = true
                break
            }
            defer { array.release?(&array) }
            let chunk = try conversion.convert(&array)
            rows += chunk.rowCount
            chunks.append(chunk)
        }
        return try RecordBatch.concatenating(chunks, schema: schema)
    }
}
