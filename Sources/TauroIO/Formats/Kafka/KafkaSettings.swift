import TauroBasics
import TauroModel

/// What a dataset says of its topic and of how it is read or written.
struct KafkaSettings {
    /// What the bytes of messages are.
    enum ValueFormat: String {
        /// What they are: columns named as Spark's source of Kafka names them.
        case raw
        /// One JSON object each, whose members are columns.
        case json
    }

    static let defaultTimeout = 30
    /// The most that brokers allow unless they are told otherwise (`transaction.max.timeout.ms`).
    static let defaultTransactionTimeout = 900

    /// `host:port`, separated by commas.
    var servers = ""
    /// Empty where every row of an output says its own.
    var topic = ""
    var valueFormat = ValueFormat.raw
    /// How long is waited for an answer, in seconds.
    var timeout = KafkaSettings.defaultTimeout
    var properties: [KafkaProperty] = []
    var start = KafkaPosition.earliest
    var end = KafkaPosition.latest
    var failsOnDataLoss = true
    var includesHeaders = false
    var hasMetadata = false
    /// Whether what does not fit its column is NULL instead of an error.
    var forgivesBadMessages = false
    var keyColumn: String?
    var isTransactional = false
    var transactionalID: String?
    /// How long a transaction may be open before brokers end it, in seconds.
    var transactionTimeout = KafkaSettings.defaultTransactionTimeout
    var createsTopic = false
    /// Of a topic that is created; nil for the broker's own number.
    var partitions: Int?
    var compression: String?

    /// What people call the place in messages and summaries.
    var address: String { "kafka://\(servers)/\(topic)" }
}
