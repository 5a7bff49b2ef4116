import CKafka
import TauroData
import TauroModel

/// Messages as rows whose columns are those of Spark's source of Kafka.
final class KafkaRawRows: KafkaBatchBuilder {
    /// A header: Spark names its members so.
    private static let header = ArrowType.structure([Field("key", .utf8), Field("value", .binary)])

    let schema: Schema
    private(set) var count = 0
    private(set) var byteCount = 0
    private let functions: KafkaFunctions
    private let topic: String
    private let includesHeaders: Bool
    private let keys = ColumnBuilder<[UInt8]>()
    private let values = ColumnBuilder<[UInt8]>()
    private let topics = ColumnBuilder<String>()
    private let partitions = ColumnBuilder<Int32>()
    private let offsets = ColumnBuilder<Int64>()
    private let timestamps: ColumnBuilder<Int64>
    private let timestampTypes = ColumnBuilder<Int32>()
    private let headerKeys = ColumnBuilder<String>()
    private let headerValues = ColumnBuilder<[UInt8]>()
    private var headerEnds: [Int32] = []

    init(_ functions: KafkaFunctions, _ settings: KafkaSettings) throws {
        self.functions = functions
        topic = settings.topic
        includesHeaders = settings.includesHeaders
        schema = Self.schema(settings)
        timestamps = try ColumnBuilder(type: .kafkaTimestamp)
    }

    static func schema(_ settings: KafkaSettings) -> Schema {
        let fields = [
            Field("key", .binary), Field("value", .binary), Field("topic", .utf8), Field("partition", .int32),
            Field("offset", .int64), Field("timestamp", .kafkaTimestamp), Field("timestamp_type", .int32),
        ]
        return Schema(settings.includesHeaders ? fields + [Field("headers", .list(Field("item", header)))] : fields)
    }

    func append(_ message: KafkaMessage) throws {
        keys.append(message.pointee.keyBytes.map(Array.init))
        values.append(message.pointee.value.map(Array.init))
        topics.append(topic)
        partitions.append(message.pointee.partition)
        offsets.append(message.pointee.offset)
        var type: Int32 = 0
        let timestamp = functions.consumer.timestamp(message, &type)
        let hasTimestamp = type != TAURO_KAFKA_TIMESTAMP_NOT_AVAILABLE
        timestamps.append(hasTimestamp ? timestamp : nil)
        // As Kafka's own clients and Spark count them: 0 when it was made, 1 when it was stored.
        timestampTypes.append(hasTimestamp ? type - 1 : nil)
        if includesHeaders { appendHeaders(of: message) }
        count += 1
        byteCount += message.pointee.payload_size + message.pointee.key_size + 64
    }

    private func appendHeaders(of message: KafkaMessage) {
        var headers: KafkaHandle?
        if functions.consumer.headers(message, &headers) == 0, headers != nil {
            var index = 0
            var name: KafkaText?
            var value: UnsafeRawPointer?
            var size = 0
            while functions.consumer.header(headers, index, &name, &value, &size) == 0 {
                headerKeys.append(name.map { String(cString: $0) })
                headerValues.append(value.map { Array(UnsafeRawBufferPointer(start: $0, count: size)) })
                byteCount += size
                index += 1
            }
        }
        headerEnds.append(Int32(clamping: headerKeys.count))
    }

    func finish(cancellation: CancellationToken) throws -> RecordBatch {
        var columns = [
            try keys.finish(), try values.finish(), try topics.finish(), try partitions.finish(), try offsets.finish(),
            try timestamps.finish(), try timestampTypes.finish(),
        ]
        if includesHeaders {
            let items = ArrowColumn(structureOf: [
                (name: "key", column: try headerKeys.finish()), (name: "value", column: try headerValues.finish()),
            ])
            columns.append(ArrowColumn(listOf: items, ends: headerEnds))
            headerEnds = []
        }
        (count, byteCount) = (0, 0)
        return try RecordBatch(schema: schema, columns: columns)
    }
}
