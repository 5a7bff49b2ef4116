import TauroData
import TauroModel

/// The rows of a frame as a driver takes them, counted.
///
/// For one thread at a time.
final class DepartingRows: RecordBatchStream {
    let schema: Schema
    /// How many went.
    private(set) var count: Int64 = 0
    /// What the frame's own source or the engine ended with, for the driver tells only its text.
    private(set) var failure: (any Error)?
    private let rows: any RecordBatchStream
    private let conversion: ColumnConversion
    private let cancellation: CancellationToken
    private var converted: ArraySlice<RecordBatch> = []

    init(_ frame: Frame, _ conversion: ColumnConversion, _ cancellation: CancellationToken) throws {
        rows = try frame.stream(cancellation: cancellation)
        schema = try conversion.schema(rows.schema)
        self.conversion = conversion
        self.cancellation = cancellation
    }

    func next() throws -> RecordBatch? {
        do {
            if cancellation.isCancelled { throw DatasetError(.cancelled, "cancelled") }
            while converted.isEmpty {
                guard let batch = try rows.next() else { return nil }
                converted = try conversion.batches(batch, cancellation)[...]
            }
            let batch = converted.popFirst()
            count += Int64(batch?.rowCount ?? 0)
            return batch
        } catch {
            failure = error
            throw error
        }
    }
}
