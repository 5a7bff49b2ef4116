import TauroData
import TauroEngine
import TauroModel

/// Stores a result in a topic, alone or in a transaction.
struct KafkaOutput {
    let functions: KafkaFunctions
    let settings: KafkaSettings
    let dataset: DatasetDefinition
    let engine: any Engine
    let cancellation: CancellationToken
    let atStep: @Sendable (KafkaStep) throws -> Void

    /// Makes sure that rows may be stored: brokers answer, and the topic is there or may be created.
    func check() throws {
        let client = try KafkaClient.reader(functions, settings, of: dataset.id)
        if settings.topic.isEmpty || settings.createsTopic {
            _ = try client.topics()
        } else {
            _ = try client.partitions(of: settings.topic)
        }
    }

    /// Sends all rows; with a transaction, unless the commit has been before.
    ///
    /// - Returns: how many rows and bytes are stored.
    func store(_ frame: Frame, commit: CommitIdentity) throws -> KafkaCommits.Entry {
        let client = try KafkaClient.writer(
            functions,
            settings,
            of: dataset.id,
            transactionalID: settings.isTransactional ? transactionalID(commit) : nil
        )
        try checkColumns(of: frame)
        let topics = try prepareTopics(client)
        let sender = KafkaSender(client, cancellation: cancellation)
        guard settings.isTransactional else {
            do {
                return try send(frame, sender, client, topics)
            } catch {
                sender.abandon()
                throw error
            }
        }
        return try storeOnce(frame, sender, client, topics, commit)
    }

    /// What a commit has stored; nil where it has not, or without transactions, where that can not be known.
    func entry(of commit: CommitIdentity) throws -> KafkaCommits.Entry? {
        guard settings.isTransactional else { return nil }
        let reader = try KafkaClient.reader(functions, settings, of: dataset.id)
        let commits = KafkaCommits(functions, settings, dataset, commit)
        guard try commits.hasTopic(reader) else { return nil }
        let writer = try KafkaClient.writer(
            functions,
            settings,
            of: dataset.id,
            transactionalID: transactionalID(commit)
        )
        // Ends a transaction that the dead run may have left open, behind which marks can not be read.
        try KafkaTransaction(client: writer, cancellation: cancellation).prepare()
        return try commits.entry(cancellation: cancellation)
    }

    /// One writer of an output at a time: a second one shuts the first out.
    private func transactionalID(_ commit: CommitIdentity) -> String {
        settings.transactionalID ?? "tauro-\(settings.topic)-\(commit.node)-\(dataset.id)"
    }

    private func storeOnce(
        _ frame: Frame,
        _ sender: KafkaSender,
        _ client: KafkaClient,
        _ topics: [String: [Int32]],
        _ commit: CommitIdentity
    ) throws -> KafkaCommits.Entry {
        let transaction = KafkaTransaction(client: client, cancellation: cancellation)
        let commits = KafkaCommits(functions, settings, dataset, commit)
        try commits.createTopic(by: client)
        // First, so that what an earlier attempt committed can be read.
        try transaction.prepare()
        try atStep(.prepared)
        if let entry = try commits.entry(cancellation: cancellation) { return entry }
        let expiry = client.deadline(after: settings.transactionTimeout)
        try transaction.begin()
        let entry: KafkaCommits.Entry
        do {
            try atStep(.begun)
            entry = try send(frame, sender, client, topics)
            try atStep(.sent)
            try sender.sendMark(commits.mark(entry))
            try sender.finish()
            try atStep(.marked)
            try transaction.commit()
        } catch {
            sender.abandon()
            transaction.abort()
            throw transaction.reason(error, expiry: expiry)
        }
        try atStep(.committed)
        return entry
    }

    private func prepareTopics(_ client: KafkaClient) throws -> [String: [Int32]] {
        let topics = try client.topics()
        if settings.topic.isEmpty || topics[settings.topic] != nil { return topics }
        if settings.createsTopic {
            try client.createTopic(settings.topic, partitions: settings.partitions)
        } else {
            _ = try client.partitions(of: settings.topic)
        }
        return try client.topics()
    }

    /// Makes sure that rows can be messages, before one is sent.
    private func checkColumns(of frame: Frame) throws {
        let schema = try frame.schema()
        let empty = Frame(schema: schema, batches: [RecordBatch(emptyWith: schema)])
        let stream = try engine.deliverable(empty, spool: nil, cancellation: cancellation).stream()
        _ = try encoder(RecordBatch(emptyWith: stream.schema))
    }

    private func send(
        _ frame: Frame,
        _ sender: KafkaSender,
        _ client: KafkaClient,
        _ topics: [String: [Int32]]
    ) throws -> KafkaCommits.Entry {
        let stream = try frame.stream(cancellation: cancellation)
        while let batch = try stream.next() {
            let rows = Frame(schema: batch.schema, batches: [batch])
            let plain = try engine.deliverable(rows, spool: nil, cancellation: cancellation).stream()
            while let batch = try plain.next() { try send(batch, sender, topics) }
        }
        try sender.finish()
        return KafkaCommits.Entry(rows: Int64(client.events.delivered), bytes: Int64(client.events.deliveredBytes))
    }

    private func send(_ batch: RecordBatch, _ sender: KafkaSender, _ topics: [String: [Int32]]) throws {
        let encoder = try encoder(batch)
        for row in 0..<batch.rowCount {
            let message = try encoder.message(row)
            let topic = message.topic ?? settings.topic
            guard let partitions = topics[topic] else {
                throw refusal(
                    row: sender.sent + 1,
                    topic.isEmpty ? "has no topic" : "is for the topic '\(topic)', which is not there"
                )
            }
            if let partition = message.partition, !partitions.contains(partition) {
                throw refusal(
                    row: sender.sent + 1,
                    "is for partition \(partition) of topic '\(topic)', which has the partitions"
                        + " \(partitions.map(String.init).joined(separator: ", "))"
                )
            }
            try sender.send(message)
        }
    }

    private func refusal(row: Int, _ text: String) -> DatasetError {
        DatasetError(.unwritable, "output '\(dataset.id)': row \(row) \(text)")
    }

    private func encoder(_ batch: RecordBatch) throws -> any KafkaRowEncoder {
        switch settings.valueFormat {
        case .raw: try KafkaRawEncoder(batch, settings, of: dataset.id)
        case .json: try KafkaJSONEncoder(batch, settings, of: dataset.id)
        }
    }
}
