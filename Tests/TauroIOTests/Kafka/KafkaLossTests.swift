import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Rows are not lost, nor doubled, without a word.
@Suite struct KafkaLossTests {
    private func settings(_ topic: KafkaTopic, timeout: Int = 30) -> KafkaSettings {
        var settings = KafkaSettings()
        (settings.servers, settings.topic, settings.timeout) = (topic.broker.servers, topic.name, timeout)
        return settings
    }

    @Test func anErrorThatEndsTheClientIsNoSuccess() throws {
        var settings = KafkaSettings()
        (settings.servers, settings.topic, settings.timeout) = ("127.0.0.1:1", "t", 20)
        let client = try KafkaClient.writer(KafkaTopic.library.functions(), settings, of: "t")
        let sender = KafkaSender(client, cancellation: CancellationToken())
        for _ in 0..<3 { try sender.send(KafkaOutgoing(value: Array("v".utf8), topic: "t")) }
        // What a broker that does not authorise us does: the library itself takes all messages back.
        let library = try NativeParts(directories: [KafkaBroker.vendor]).open(["librdkafka.so.1"])
        typealias Fail = @convention(c) (KafkaHandle?, Int32, KafkaText?) -> Int32
        let clusterAuthorizationFailed: Int32 = 31
        _ = try library.function("rd_kafka_test_fatal_error", as: Fail.self)(
            client.handle,
            clusterAuthorizationFailed,
            "not allowed"
        )
        let message = KafkaTopic.message { try sender.finish() }
        #expect(message.contains("nothing more can be sent to 127.0.0.1:1"), "\(message)")
        #expect(message.contains("not allowed") && message.contains("0 of the 3 rows"), "\(message)")
    }

    @Test func messagesThatAreTakenBackAreFailuresUnlessGivenUp() throws {
        for isGivenUp in [false, true] {
            var settings = KafkaSettings()
            (settings.servers, settings.topic) = ("127.0.0.1:1", "t")
            let client = try KafkaClient.writer(KafkaTopic.library.functions(), settings, of: "t")
            let sender = KafkaSender(client, cancellation: CancellationToken())
            try sender.send(KafkaOutgoing(value: Array("v".utf8), topic: "t"))
            if isGivenUp {
                sender.abandon()
                #expect(client.events.failure == nil)
            } else {
                _ = client.functions.producer.purge(client.handle, 3)
                #expect(KafkaTopic.message { try sender.finish() }.contains("row 1, of 1 bytes, was not delivered"))
            }
            #expect(KafkaTopic.message { try sender.finish() }.contains("0 of the 1 rows"))
        }
    }

    /// A mark behind the first message of another output's open transaction can not be read yet.
    @Test func marksThatAnOpenTransactionHidesAreWaitedFor() throws {
        let own = try OwnKafkaBroker()
        let topic = try KafkaTopic(on: own.broker)
        let functions = try KafkaTopic.library.functions()
        let token = CancellationToken()
        let commit = CommitIdentity(runID: RealStore.run(1), node: "n")
        let dataset = topic.dataset(["transactional": .bool(true)])
        var patient = settings(topic)
        let commits = KafkaCommits(functions, patient, dataset, commit)
        let writer = try KafkaClient.writer(functions, patient, of: "t", transactionalID: "tauro-\(topic.name)-n-t")
        let transaction = KafkaTransaction(client: writer, cancellation: token)
        try commits.createTopic(by: writer)
        try transaction.prepare()
        #expect(try commits.entry(cancellation: token) == nil)
        // Another output leaves a mark in a transaction that stays open.
        let other = try KafkaClient.writer(functions, patient, of: "o", transactionalID: "other")
        let open = KafkaTransaction(client: other, cancellation: token)
        try open.prepare()
        try open.begin()
        let otherSender = KafkaSender(other, cancellation: token)
        try otherSender.sendMark(KafkaOutgoing(key: [1], value: [2], topic: KafkaCommits.topic))
        try otherSender.finish()
        // The commit is made behind it.
        try transaction.begin()
        let sender = KafkaSender(writer, cancellation: token)
        try sender.sendMark(commits.mark(KafkaCommits.Entry(rows: 3, bytes: 9)))
        try sender.finish()
        try transaction.commit()
        (patient.timeout, patient.transactionTimeout) = (1, 1)
        let message = KafkaTopic.message {
            _ = try KafkaCommits(functions, patient, dataset, commit).entry(cancellation: token)
        }
        #expect(message.contains("whether the commit is stored already can not be told"), "\(message)")
        let cancelled = CancellationToken()
        cancelled.cancel()
        #expect(KafkaTopic.message { _ = try commits.entry(cancellation: cancelled) }.contains("was cancelled"))
        open.abort()
        #expect(try commits.entry(cancellation: token) == KafkaCommits.Entry(rows: 3, bytes: 9))
    }

    @Test func offsetsOfWhichNoMessageComesAreNamed() throws {
        let topic = try KafkaTopic()
        try topic.write("a", "b")
        // As after a compaction that took the last messages away.
        func read(_ change: (inout KafkaSettings) -> Void) throws -> Int {
            var settings = settings(topic, timeout: 1)
            change(&settings)
            let client = try KafkaClient.reader(KafkaTopic.library.functions(), settings, of: "t")
            let ranges = [KafkaRange(partition: 0, offsets: 0..<9)]
            let reader = KafkaReader(client, ranges, cancellation: CancellationToken())
            var count = 0
            while try reader.next({ _ in }) != nil { count += 1 }
            return count
        }
        let message = KafkaTopic.message { _ = try read { _ in } }
        #expect(message.contains("gave no message from offset 2 on within 1 s, though brokers answer"), "\(message)")
        #expect(message.contains("let 'ending_offsets' be 2"), "\(message)")
        #expect(try read { $0.failsOnDataLoss = false } == 2)
    }

    @Test func aTransactionThatWasOpenForTooLongIsSaidSo() throws {
        let topic = try KafkaTopic()
        let client = try KafkaClient.writer(
            KafkaTopic.library.functions(),
            settings(topic),
            of: "t",
            transactionalID: "x"
        )
        let transaction = KafkaTransaction(client: client, cancellation: CancellationToken())
        let error = DatasetError(.unwritable, "fenced")
        let late = "\(transaction.reason(error, expiry: .zero))"
        #expect(late.contains("longer than transaction_timeout_seconds, 900, after which brokers end it"), "\(late)")
        #expect("\(transaction.reason(error, expiry: client.deadline()))" == "fenced")
    }

    @Test func anArtifactIsNoMessage() throws {
        let topic = try KafkaTopic()
        let parts = NativeParts(directories: [KafkaBroker.vendor])
        let message = KafkaTopic.message {
            _ = try DataOutputManager(engine: RealStore.engine, writers: 1, parts: parts).store(
                .artifact(Artifact(mediaType: "text/plain", content: .bytes([65]))),
                as: topic.dataset(),
                commit: CommitIdentity(runID: RealStore.run(1), node: "n"),
                cancellation: CancellationToken()
            )
        }
        #expect(message.contains("format kafka takes rows alone; return a table"), "\(message)")
    }
}
