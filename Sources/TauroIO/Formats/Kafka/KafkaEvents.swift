import CKafka
import Synchronization

/// What the client reports beside the answers to calls: errors of connections, and what became of messages.
///
/// Safe from any thread; callbacks come on the thread that polls.
final class KafkaEvents: Sendable {
    /// A message that was not delivered.
    struct Failure {
        /// From 0, in the order of sending.
        let row: Int
        let topic: String
        let partition: Int32
        let error: Int32
        let size: Int
    }

    private struct State {
        var lastError: (code: Int32, text: String)?
        var delivered = 0
        var deliveredBytes = 0
        var deliveredMarks = 0
        var failure: Failure?
        var isAbandoned = false
    }

    private let state = Mutex(State())
    private let functions: KafkaFunctions

    init(_ functions: KafkaFunctions) {
        self.functions = functions
    }

    /// The client's words about the last failure of a connection.
    var lastError: String? { state.withLock { $0.lastError?.text } }
    /// Whether waiting is in vain: the broker refuses who asks.
    var isRefused: Bool { state.withLock { $0.lastError?.code == TAURO_KAFKA_AUTHENTICATION } }
    /// How many messages brokers have confirmed.
    var delivered: Int { state.withLock { $0.delivered } }
    /// The bytes of keys and values of these.
    var deliveredBytes: Int { state.withLock { $0.deliveredBytes } }
    /// How many messages that are no rows brokers have confirmed.
    var deliveredMarks: Int { state.withLock { $0.deliveredMarks } }
    /// The first message that was not delivered.
    var failure: Failure? { state.withLock { $0.failure } }

    /// From now on messages that are taken back are no failures.
    func noteAbandonment() { state.withLock { $0.isAbandoned = true } }

    func note(error: Int32, _ text: String) {
        state.withLock { state in
            // That all brokers are down says less than why.
            if error == TAURO_KAFKA_ALL_BROKERS_DOWN, state.lastError != nil { return }
            state.lastError = (error, text)
        }
    }

    func note(report message: tauro_kafka_message) {
        let failed: Failure? =
            message.error == 0
            ? nil
            : Failure(
                row: Int(bitPattern: message.opaque) - 1,
                topic: functions.topicName(message.topic).map { String(cString: $0) } ?? "",
                partition: message.partition,
                error: message.error,
                size: message.payload_size
            )
        state.withLock { state in
            guard let failed else {
                // The mark of a commit is no row.
                guard Int(bitPattern: message.opaque) > 0 else {
                    state.deliveredMarks += 1
                    return
                }
                state.delivered += 1
                state.deliveredBytes += message.payload_size + message.key_size
                return
            }
            // Without being asked, the library takes messages back after an error that ends the client.
            let isPurged = [TAURO_KAFKA_PURGED_IN_QUEUE, TAURO_KAFKA_PURGED_IN_FLIGHT].contains(failed.error)
            if state.failure == nil, !isPurged || !state.isAbandoned { state.failure = failed }
        }
    }

    static let errorCallback: KafkaErrorCallback = { _, error, text, events in
        guard let events else { return }
        Unmanaged<KafkaEvents>.fromOpaque(events).takeUnretainedValue()
            .note(error: error, text.map { String(cString: $0) } ?? "")
    }

    static let reportCallback: KafkaReportCallback = { _, message, events in
        guard let events, let message else { return }
        Unmanaged<KafkaEvents>.fromOpaque(events).takeUnretainedValue().note(report: message.pointee)
    }
}
