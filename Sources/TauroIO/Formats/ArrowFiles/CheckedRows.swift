import TauroData
import TauroModel

/// Rows on their way to a file: in batches of few rows, until the token is cancelled, with what they failed with kept.
final class CheckedRows: RecordBatchStream {
    let schema: Schema
    /// What `next` threw.
    private(set) var failure: (any Error)?
    private let rows: any RecordBatchStream
    private let cancellation: CancellationToken
    private var batch: RecordBatch?
    private var position = 0
    /// DuckDB's own row group.
    private static let batchRows = 122_880

    init(_ rows: any RecordBatchStream, _ cancellation: CancellationToken) {
        self.rows = rows
        self.cancellation = cancellation
        // A file has columns, not what some program noted about them.
        schema = Schema(rows.schema.fields.map { Field($0.name, $0.type) })
    }

    func next() throws -> RecordBatch? {
        do {
            while true {
                if cancellation.isCancelled {
                    throw SQLError(.cancelled, "writing was interrupted, because its run was cancelled")
                }
                if let batch, position < batch.rowCount {
                    let range = position..<min(position + CheckedRows.batchRows, batch.rowCount)
                    position = range.upperBound
                    return RecordBatch(batch.slice(range), schema: schema)
                }
                batch = try rows.next()
                position = 0
                if batch == nil { return nil }
            }
        } catch {
            failure = error
            throw error
        }
    }
}
