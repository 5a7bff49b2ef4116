/// A point in the sending of a transaction to Kafka at which a crash may happen; tests stop there.
enum KafkaStep: String, Sendable, CaseIterable {
    /// What an earlier writer of the output left is ended, and no other sends meanwhile.
    case prepared
    /// The transaction has begun.
    case begun
    /// Brokers have every row.
    case sent
    /// They have the mark of the commit too.
    case marked
    /// All of it lasts, and can be read.
    case committed
}
