import CKafka
import TauroData
import TauroModel

/// Gathers messages as rows.
///
/// For one thread at a time.
protocol KafkaBatchBuilder: AnyObject {
    var schema: Schema { get }
    /// How many rows are gathered.
    var count: Int { get }
    /// How many bytes they have, about.
    var byteCount: Int { get }

    /// Adds a message.
    ///
    /// - Throws: `DatasetError` where it can not be a row.
    func append(_ message: KafkaMessage) throws

    /// The rows that were gathered; the builder is empty afterwards.
    func finish(cancellation: CancellationToken) throws -> RecordBatch
}

extension tauro_kafka_message {
    /// The value; nil for a message without one, a tombstone.
    var value: UnsafeRawBufferPointer? {
        payload.map { UnsafeRawBufferPointer(start: $0, count: payload_size) }
    }

    /// The key; nil for a message without one.
    var keyBytes: UnsafeRawBufferPointer? { key.map { UnsafeRawBufferPointer(start: $0, count: key_size) } }
}

extension ArrowType {
    /// When a message was made or stored, as Kafka counts it.
    static let kafkaTimestamp = ArrowType.timestamp(.millisecond, zone: "UTC")
}
