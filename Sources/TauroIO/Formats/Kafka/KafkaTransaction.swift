import CKafka
import TauroBasics
import TauroModel

/// The steps of a transaction: all its messages can be read, or none.
///
/// Source: KIP-98, "Exactly Once Delivery and Transactional Messaging". For one thread at a time.
struct KafkaTransaction {
    let client: KafkaClient
    let cancellation: CancellationToken

    /// Ends what an earlier writer of the same id has left, and shuts it out.
    ///
    /// What it had committed can be read afterwards, what it had not never will.
    func prepare() throws { try perform("begin", client.functions.producer.initTransactions) }

    func begin() throws {
        try perform("begin") { _ in client.functions.producer.beginTransaction(client.handle) }
    }

    func commit() throws { try perform("commit", client.functions.producer.commitTransaction, isCancellable: false) }

    /// What ended a transaction that was open until `expiry` at most.
    ///
    /// Brokers end it then, and tell its writer no more than that it is not the writer any longer.
    func reason(_ error: any Error, expiry: Duration) -> any Error {
        guard let error = error as? DatasetError, error.code == .unwritable, client.isOver(expiry) else { return error }
        return DatasetError(
            .unwritable,
            error.message + "; the transaction was open for longer than transaction_timeout_seconds,"
                + " \(client.settings.transactionTimeout), after which brokers end it: allow more (brokers have a limit of"
                + " their own, transaction.max.timeout.ms), or send fewer rows"
        )
    }

    /// Takes back all messages; where brokers can not be told, they find out by themselves.
    func abort() {
        let error = client.functions.producer.abortTransaction(
            client.handle,
            Int32(min(client.settings.timeout, 5)) * 1000
        )
        client.functions.producer.destroyError(error)
    }

    private func perform(
        _ what: String,
        _ call: (KafkaHandle?, Int32) -> KafkaHandle?,
        isCancellable: Bool = true
    ) throws {
        try perform(what, isCancellable: isCancellable) { call(client.handle, $0) }
    }

    private func perform(_ what: String, isCancellable: Bool = true, _ call: (Int32) -> KafkaHandle?) throws {
        let producer = client.functions.producer
        let deadline = client.deadline()
        while true {
            guard let error = call(500) else { return }
            defer { producer.destroyError(error) }
            let code = producer.errorCode(error)
            let canBeRepeated = producer.errorIsRetriable(error) != 0 || code == TAURO_KAFKA_TIMED_OUT
            let text = producer.errorString(error).map { String(cString: $0) } ?? client.functions.words(code)
            client.poll()
            if isCancellable, cancellation.isCancelled {
                throw client.failure(.cancelled, "the transaction was cancelled; nothing was added")
            }
            guard canBeRepeated, !client.events.isRefused, !client.isOver(deadline) else {
                if code == TAURO_KAFKA_TIMED_OUT { throw client.unreachable(code) }
                throw client.failure(
                    .unwritable,
                    "the transaction on topic '\(client.settings.topic)' could not \(what): \(text)"
                )
            }
        }
    }
}
