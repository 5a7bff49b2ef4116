import CKafka
import TauroBasics
import TauroModel

/// Reads the messages of ranges one after another: partition by partition, each in the order of its offsets.
///
/// For one thread at a time.
final class KafkaReader {
    private let client: KafkaClient
    /// Nil for a name that the library does not take.
    private let topic: KafkaHandle?
    private var rest: ArraySlice<KafkaRange>
    /// The range that is being read.
    private var current: KafkaRange?
    private var next: Int64 = 0
    private let cancellation: CancellationToken

    /// How long one wait lasts, in milliseconds: cancellation is seen after it.
    private static let step: Int32 = 100

    init(_ client: KafkaClient, _ ranges: [KafkaRange], cancellation: CancellationToken) {
        self.client = client
        self.cancellation = cancellation
        rest = ranges.filter { !$0.offsets.isEmpty }[...]
        topic = client.functions.consumer.newTopic(client.handle, client.settings.topic, nil)
    }

    deinit {
        stop()
        if let topic { client.functions.consumer.destroyTopic(topic) }
    }

    /// The next message as long as `body` runs; nil after the last.
    ///
    /// - Throws: `DatasetError` where messages are lost or can not be read, or the token is cancelled; `ResourceError`
    ///   where no broker answers in time; what `body` throws.
    func next<Result>(_ body: (KafkaMessage) throws -> Result) throws -> Result? {
        var deadline = client.deadline()
        while true {
            guard let range = try currentRange() else { return nil }
            guard let message = client.functions.consumer.consume(topic, range.partition, Self.step) else {
                try checkWait(deadline, range)
                continue
            }
            defer { client.functions.consumer.destroyMessage(message) }
            if message.pointee.error != 0 {
                try take(message, of: range)
                deadline = client.deadline()
                continue
            }
            let offset = message.pointee.offset
            if offset >= range.offsets.upperBound {
                stop()
                continue
            }
            next = offset + 1
            let result = try body(message)
            if next >= range.offsets.upperBound { stop() }
            return result
        }
    }

    private func currentRange() throws -> KafkaRange? {
        if let current { return current }
        guard let range = rest.popFirst() else { return nil }
        next = range.offsets.lowerBound
        try start(range)
        return range
    }

    private func start(_ range: KafkaRange) throws {
        guard let topic, client.functions.consumer.start(topic, range.partition, next) == 0 else {
            let words = client.functions.words(client.functions.consumer.lastError())
            throw client.failure(.unreadable, "\(place(range)) can not be read: \(words)")
        }
        current = range
    }

    private func stop() {
        if let current { _ = client.functions.consumer.stop(topic, current.partition) }
        current = nil
    }

    private func checkWait(_ deadline: Duration, _ range: KafkaRange) throws {
        if cancellation.isCancelled {
            throw client.failure(.cancelled, "reading of topic '\(client.settings.topic)' was cancelled")
        }
        client.poll()
        if client.events.isRefused { throw client.unreachable() }
        if client.isOver(deadline) { try endSilent(range) }
    }

    /// Ends a range of which no message comes though brokers answer, if that is wanted.
    ///
    /// Compaction may have taken the last messages away; then no later one and no end of the partition is ever told.
    private func endSilent(_ range: KafkaRange) throws {
        let available = try client.available(client.settings.topic, range.partition)
        guard client.settings.failsOnDataLoss else { return stop() }
        throw client.failure(
            .unreadable,
            "\(place(range)) gave no message from offset \(next) on within \(client.settings.timeout) s, though brokers answer:"
                + " it has the offsets \(available.lowerBound) to \(available.upperBound - 1), and is read up to"
                + " \(range.offsets.upperBound - 1). If these messages were compacted away, let 'ending_offsets' be \(next);"
                + " if the brokers are slow, raise timeout_seconds; or read what is there with fail_on_data_loss: false"
        )
    }

    /// The end of a partition, or what went wrong.
    private func take(_ message: KafkaMessage, of range: KafkaRange) throws {
        switch message.pointee.error {
        case TAURO_KAFKA_PARTITION_END:
            if message.pointee.offset >= range.offsets.upperBound { stop() }
        case TAURO_KAFKA_OFFSET_RESET, TAURO_KAFKA_OFFSET_OUT_OF_RANGE: try skipLost(range)
        case TAURO_KAFKA_TRANSPORT, TAURO_KAFKA_ALL_BROKERS_DOWN, TAURO_KAFKA_TIMED_OUT: break
        default:
            let words = client.functions.words(message.pointee.error)
            throw client.failure(.unreadable, "\(place(range)) can not be read at offset \(next): \(words)")
        }
    }

    /// Goes on behind messages that were deleted after the ranges were found out, if that is wanted.
    private func skipLost(_ range: KafkaRange) throws {
        let available = try client.available(client.settings.topic, range.partition)
        guard !client.settings.failsOnDataLoss else {
            throw client.failure(
                .unreadable,
                "\(place(range)) has lost its messages from offset \(next) while it was read: it has the offsets"
                    + " \(available.lowerBound) to \(available.upperBound - 1); set fail_on_data_loss: false to read what"
                    + " is there"
            )
        }
        stop()
        next = max(next, available.lowerBound)
        if next < min(range.offsets.upperBound, available.upperBound) { try start(range) }
    }

    private func place(_ range: KafkaRange) -> String {
        "partition \(range.partition) of topic '\(client.settings.topic)'"
    }
}
