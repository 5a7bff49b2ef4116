import TauroData
import TauroModel

/// The rows of ranges of messages, read once.
final class KafkaStream: RecordBatchStream {
    /// What one batch gathers at most.
    private static let batchRows = 32_768
    private static let batchBytes = 16 << 20

    private let reader: KafkaReader
    private let builder: any KafkaBatchBuilder
    private let cancellation: CancellationToken

    init(_ reader: KafkaReader, _ builder: any KafkaBatchBuilder, cancellation: CancellationToken) {
        self.reader = reader
        self.builder = builder
        self.cancellation = cancellation
    }

    var schema: Schema { builder.schema }

    func next() throws -> RecordBatch? {
        while builder.count < Self.batchRows, builder.byteCount < Self.batchBytes {
            guard !cancellation.isCancelled else {
                throw DatasetError(.cancelled, "reading of a topic was cancelled")
            }
            guard try reader.next({ try builder.append($0) }) != nil else { break }
        }
        return builder.count == 0 ? nil : try builder.finish(cancellation: cancellation)
    }
}
