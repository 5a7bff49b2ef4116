import CKafka
import TauroBasics
import TauroModel

/// Sends messages and waits until brokers have confirmed each.
///
/// For one thread at a time.
final class KafkaSender {
    private let client: KafkaClient
    private let cancellation: CancellationToken
    /// How many rows were handed over.
    private(set) var sent = 0
    private var sentMarks = 0
    /// The bytes of one message, gathered.
    private var scratch: [UInt8] = []

    init(_ client: KafkaClient, cancellation: CancellationToken) {
        self.client = client
        self.cancellation = cancellation
    }

    /// Hands over the message of the next row; it is on its way then, not delivered.
    ///
    /// - Throws: `DatasetError` where it can not be sent, an earlier one was not delivered, or the token is cancelled.
    func send(_ message: KafkaOutgoing) throws {
        sent += 1
        try produce(message, opaque: sent)
        if sent & 255 == 0 {
            client.poll()
            try check()
        }
    }

    /// Hands over a message that is no row.
    func sendMark(_ message: KafkaOutgoing) throws {
        sentMarks += 1
        try produce(message, opaque: 0)
    }

    /// Waits for all that is on its way.
    ///
    /// - Throws: as `send`, and where not every message was confirmed.
    func finish() throws {
        while client.functions.producer.outstanding(client.handle) > 0 {
            _ = client.functions.producer.flush(client.handle, 100)
            try check()
        }
        client.poll()
        try check()
        guard client.events.delivered == sent, client.events.deliveredMarks == sentMarks else {
            throw client.failure(.unwritable, "not every message was delivered: \(progress)")
        }
    }

    /// Takes back what is not delivered yet.
    func abandon() {
        client.events.noteAbandonment()
        _ = client.functions.producer.purge(client.handle, TAURO_KAFKA_PURGE_ALL)
        _ = client.functions.producer.flush(client.handle, 1000)
    }

    private func check() throws {
        if let reason = client.fatalError {
            throw client.failure(
                .unwritable,
                "nothing more can be sent to \(client.settings.servers): \(reason); \(progress)"
            )
        }
        if let failure = client.events.failure { throw undelivered(failure) }
        if cancellation.isCancelled {
            throw client.failure(.cancelled, "sending was cancelled; \(progress)")
        }
    }

    private var progress: String {
        "\(client.events.delivered) of the \(sent) rows that were sent are known as delivered"
    }

    private func undelivered(_ failure: KafkaEvents.Failure) -> DatasetError {
        let place = failure.partition < 0 ? "" : ", partition \(failure.partition)"
        let what = failure.row < 0 ? "the mark of the commit" : "row \(failure.row + 1), of \(failure.size) bytes,"
        var words = client.functions.words(failure.error)
        if failure.error == TAURO_KAFKA_MESSAGE_TOO_LARGE { words += Self.sizeHint }
        if let reason = client.events.lastError { words += " (\(reason))" }
        return client.failure(
            .unwritable,
            "\(what) was not delivered to topic '\(failure.topic)'\(place): \(words); \(progress)"
        )
    }

    private static let sizeHint =
        "; the topic's max.message.bytes and the option kafka.message.max.bytes say how large a message may be"

    private func produce(_ message: KafkaOutgoing, opaque: Int) throws {
        let topic = message.topic ?? client.settings.topic
        while true {
            let error = handOver(message, topic, opaque)
            switch error {
            case 0: return
            case TAURO_KAFKA_QUEUE_FULL:
                client.poll(milliseconds: 100)
                try check()
            default:
                client.poll()
                try check()
                throw undelivered(
                    KafkaEvents.Failure(
                        row: opaque - 1,
                        topic: topic,
                        partition: message.partition ?? -1,
                        error: error,
                        size: (message.value?.count ?? 0) + (message.key?.count ?? 0)
                    )
                )
            }
        }
    }

    /// Gathers everything in one piece of memory, whose pointers hold during the one call.
    private func handOver(_ message: KafkaOutgoing, _ topic: String, _ opaque: Int) -> Int32 {
        scratch.removeAll(keepingCapacity: true)
        let topicPlace = gather(Array(topic.utf8) + [0])
        let key = message.key.map { gather($0) }
        let value = message.value.map { gather($0) }
        let headers = message.headers.map { (gather(Array($0.name.utf8) + [0]), $0.value.map { gather($0) }) }
        return scratch.withUnsafeBytes { bytes in
            func pointer(_ place: Range<Int>) -> UnsafeRawPointer? { bytes.baseAddress.map { $0 + place.lowerBound } }
            var arguments = [
                argument(TAURO_KAFKA_ARGUMENT_TOPIC) {
                    $0.pointer = UnsafeMutableRawPointer(mutating: pointer(topicPlace))
                }
            ]
            arguments.append(argument(TAURO_KAFKA_ARGUMENT_FLAGS) { $0.number = TAURO_KAFKA_FLAG_COPY })
            arguments.append(
                argument(TAURO_KAFKA_ARGUMENT_OPAQUE) { $0.pointer = UnsafeMutableRawPointer(bitPattern: opaque) }
            )
            arguments.append(
                argument(TAURO_KAFKA_ARGUMENT_VALUE) {
                    $0.memory = .init(bytes: value.flatMap(pointer), size: value?.count ?? 0)
                }
            )
            arguments.append(
                argument(TAURO_KAFKA_ARGUMENT_KEY) {
                    $0.memory = .init(bytes: key.flatMap(pointer), size: key?.count ?? 0)
                }
            )
            if let partition = message.partition {
                arguments.append(argument(TAURO_KAFKA_ARGUMENT_PARTITION) { $0.number32 = partition })
            }
            for (name, value) in headers {
                arguments.append(
                    argument(TAURO_KAFKA_ARGUMENT_HEADER) {
                        $0.header.name = pointer(name)?.assumingMemoryBound(to: CChar.self)
                        $0.header.bytes = value.flatMap(pointer)
                        $0.header.size = Int64(value?.count ?? 0)
                    }
                )
            }
            return code(client.functions.producer.produce(client.handle, arguments, arguments.count))
        }
    }

    private func gather(_ bytes: [UInt8]) -> Range<Int> {
        let start = scratch.count
        scratch += bytes
        return start..<scratch.count
    }

    private func argument(
        _ kind: Int32,
        _ fill: (inout tauro_kafka_argument.__Unnamed_union_value) -> Void
    ) -> tauro_kafka_argument {
        var argument = tauro_kafka_argument()
        argument.kind = kind
        fill(&argument.value)
        return argument
    }

    private func code(_ error: KafkaHandle?) -> Int32 {
        guard let error else { return 0 }
        defer { client.functions.producer.destroyError(error) }
        return client.functions.producer.errorCode(error)
    }
}
