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
    /// Copies the chunks itself, where every column's type allows it.
    private let gatherer: BatchGatherer?
    private var ready: [RecordBatch] = []
    private var hasEnded = false

    /// Creates the stream of a result.
    ///
    /// - Parameters:
    ///   - result: the running query.
    ///   - leases: of the frames that it scans.
    ///   - cancellation: asked before every chunk.
    ///   - isDirect: whether chunks are copied without DuckDB's own conversion where that is possible.
    /// - Throws: `SQLError` for columns that nodes do not receive; see `ResultConversion`.
    init(
        _ result: DuckDBResult,
        leases: [FrameLease],
        cancellation: CancellationToken,
        isDirect: Bool = true
    ) throws {
        self.result = result
        self.leases = leases
        self.cancellation = cancellation
        conversion = try ResultConversion(result)
        schema = conversion.schema
        gatherer = isDirect ? BatchGatherer(columns: result.columns, schema: schema) : nil
    }

    /// Whether all columns have the same types in DuckDB after nodes have received them.
    var keepsTypes: Bool { gatherer?.keepsTypes ?? false }

    func next() throws -> RecordBatch? {
        do {
            if let gatherer { return try gather(with: gatherer) }
            if ready.isEmpty { ready = try gather().reversed() }
            return ready.popLast()
        } catch {
            // What a source that was told to stop fails with comes back as an error of the query.
            throw cancellation.isCancelled ? SQLError.cancelled : error
        }
    }

    /// The next batch; ends early where its text would pass what 32-bit offsets can count.
    private func gather(with gatherer: BatchGatherer) throws -> RecordBatch? {
        while !hasEnded, gatherer.rowCount < QueryStream.batchRows {
            if cancellation.isCancelled { throw SQLError.cancelled }
            guard let chunk = try result.fetch() else {
                hasEnded = true
                break
            }
            if let full = try gatherer.append(chunk) { return full }
        }
        return try gatherer.finish()
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
