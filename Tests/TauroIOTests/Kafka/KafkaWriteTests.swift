import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Rows stored in topics, read by kcat.
@Suite struct KafkaWriteTests {
    private let json: [String: ConfigValue.Content] = ["value_format": .string("json")]
    private let once: [String: ConfigValue.Content] = ["transactional": .bool(true)]

    @Test func keysValuesHeadersAndPartitionsArrive() throws {
        let topic = try KafkaTopic(partitions: 2)
        let record = try topic.store(
            "SELECT 'k' AS key, encode('v é') AS value, 1 AS partition, [{'key': 'h', 'value': encode('x')}] AS headers"
        )
        #expect(record.rows == 1 && record.path == "kafka://\(topic.broker.servers)/\(topic.name)")
        #expect(try topic.read("%k|%s|%p|%h") == ["k|v é|1|h=x"])
    }

    @Test func rowsOfATopicGoToAnother() throws {
        let source = try KafkaTopic()
        try source.write("k:a", "l:", more: ["-K", ":"])
        let target = try KafkaTopic()
        let frame = try source.frame(source.dataset(["include_headers": .bool(true)]))
        let parts = NativeParts(directories: [KafkaBroker.vendor])
        _ = try DataOutputManager(engine: RealStore.engine, writers: 2, parts: parts).store(
            .frame(frame),
            as: target.dataset(),
            commit: CommitIdentity(runID: RealStore.run(1), node: "n"),
            cancellation: CancellationToken()
        )
        #expect(try target.read("%k|%s|%S") == ["k|a|1", "l||-1"])
    }

    @Test func rowsAreObjectsWithAKeyOfTheirs() throws {
        let topic = try KafkaTopic()
        let options = json.merging(["key_column": .string("id"), "compression": .string("zstd")]) { $1 }
        try topic.store("SELECT 7 AS id, 1.50::DECIMAL(9,2) AS price, TIMESTAMP '2026-01-31 10:00:00' AS at", options)
        #expect(try topic.read("%k %s") == [#"7 {"id":7,"price":1.50,"at":"2026-01-31T10:00:00.000000"}"#])
        let again = topic.dataset(json, columns: [("id", "INTEGER"), ("price", "DECIMAL(9,2)"), ("at", "TIMESTAMP")])
        #expect(try topic.rows(again) == ["{'id': 7, 'price': 1.50, 'at': '2026-01-31 10:00:00'}"])
    }

    @Test(arguments: [
        ("SELECT 1 AS id", [:], "with value_format: raw they need 'value'"),
        ("SELECT 'v' AS value, 1 AS colour", [:], "the column 'colour' would be lost"),
        ("SELECT 1 AS value", [:], "column 'value' is int32"),
        ("SELECT 'v' AS value, 7 AS partition", [:], "row 1 is for partition 7 of topic"),
        (
            "SELECT 1 AS id", ["value_format": "json", "key_column": "ib"],
            "no column 'ib' among 'id'; did you mean 'id'?"
        ),
    ])
    func rowsThatCanBeNoMessagesAreErrors(query: String, options: [String: String], expected: String) throws {
        let topic = try KafkaTopic()
        let message = KafkaTopic.message { try topic.store(query, options.mapValues { .string($0) }) }
        #expect(message.contains(expected), "\(message)")
        #expect(try topic.read("%s").isEmpty)
    }

    @Test func aValueThatIsTooLargeNamesItsRowAndSize() throws {
        let topic = try KafkaTopic()
        let message = KafkaTopic.message {
            try topic.store("SELECT repeat('x', CASE i WHEN 1 THEN 2000000 ELSE 1 END) AS value FROM range(3) AS r(i)")
        }
        #expect(message.contains("row 2, of 2000000 bytes, was not delivered to topic '\(topic.name)'"), "\(message)")
        #expect(message.contains("kafka.message.max.bytes"), "\(message)")
    }

    @Test func aTopicThatIsNotThereIsCreatedOnlyOnDemand() throws {
        let topic = try KafkaTopic()
        let name = topic.name + ".new"
        let named: [String: ConfigValue.Content] = ["topic": .string(name)]
        let message = KafkaTopic.message { try topic.store("SELECT 'v' AS value", named) }
        #expect(message.contains("there is no topic '\(name)'"), "\(message)")
        let creating = named.merging(["create_topic": .bool(true), "partitions": .integer(3)]) { $1 }
        try topic.store("SELECT 'v' AS value", creating)
        #expect(try topic.client().topics()[name]?.count == 3)
        let manager = DataOutputManager(engine: RealStore.engine, writers: 1, parts: NativeParts())
        let other = topic.dataset(["topic": .string(name + "x")])
        #expect(manager.check(other).map(\.message).joined().contains("there is no topic"))
        #expect(manager.check(topic.dataset(creating)).isEmpty)
    }

    @Test func aTopicThatTheLibraryDoesNotTakeIsAnError() throws {
        let client = try KafkaTopic().client()
        let message = KafkaTopic.message { try client.createTopic("many", partitions: 100_001) }
        #expect(message.contains("the topic 'many' can not be created: num_partitions"), "\(message)")
    }

    @Test func aRowMaySayItsTopic() throws {
        let topic = try KafkaTopic()
        var dataset = topic.dataset()
        dataset.options["topic"] = nil
        #expect(KafkaSettingsReader(dataset, isInput: false).findings.isEmpty)
        let query = "SELECT '\(topic.name)' AS topic, 'v' AS value"
        try topic.store(query, dataset: dataset)
        #expect(try topic.read("%s") == ["v"])
    }

    @Test func manyRowsArriveInOrder() throws {
        let topic = try KafkaTopic()
        let record = try topic.store("SELECT CAST(i AS VARCHAR) AS value FROM range(250000) AS r(i)")
        #expect(record.rows == 250_000)
        let frame = try topic.frame(topic.dataset())
        let query =
            "SELECT concat_ws('|', count(*), sum(CASE WHEN CAST(decode(value) AS BIGINT) = \"offset\" THEN 1 END)) FROM t"
        #expect(try KafkaTopic.texts(frame, query) == ["250000|250000"])
    }

    @Test func aCommitOfATransactionIsStoredOnce() throws {
        let topic = try KafkaTopic()
        let first = try topic.store("SELECT 'a' AS value", once, run: 1)
        let again = try topic.store("SELECT 'a' AS value", once, run: 1)
        #expect(first == again && again.rows == 1)
        #expect(try topic.read("%s") == ["a"])
        try topic.store("SELECT 'a' AS value", once, run: 2)
        #expect(try topic.read("%s") == ["a", "a"])
        #expect(try topic.store("SELECT 'a' AS value", once, run: 1).rows == 1)
        #expect(try topic.read("%s") == ["a", "a"])
    }

    @Test func aTransactionThatFailsAddsNothing() throws {
        let topic = try KafkaTopic()
        let message = KafkaTopic.message {
            try topic.store(
                "SELECT CASE i WHEN 999 THEN repeat('x', 2000000) ELSE 'v' END AS value FROM range(1000) AS r(i)",
                once
            )
        }
        #expect(message.contains("row 1000"), "\(message)")
        #expect(try topic.read("%s").isEmpty)
        #expect(try topic.store("SELECT 'a' AS value", once).rows == 1)
        #expect(try topic.read("%s") == ["a"])
    }

    @Test func whatADeadWriterLeftIsNeverRead() throws {
        let topic = try KafkaTopic()
        var settings = KafkaSettings()
        (settings.servers, settings.topic) = (topic.broker.servers, topic.name)
        // The writer of an attempt that died before its commit: nothing is aborted.
        let dead = try KafkaClient.writer(
            KafkaTopic.library.functions(),
            settings,
            of: "t",
            transactionalID: "tauro-\(topic.name)-n-t"
        )
        let transaction = KafkaTransaction(client: dead, cancellation: CancellationToken())
        try transaction.prepare()
        try transaction.begin()
        let sender = KafkaSender(dead, cancellation: CancellationToken())
        try sender.send(KafkaOutgoing(value: Array("lost".utf8)))
        try sender.finish()
        #expect(try topic.store("SELECT 'a' AS value", once).rows == 1)
        #expect(try topic.read("%s") == ["a"])
        let message = KafkaTopic.message { try transaction.commit() }
        #expect(message.contains("could not commit"), "\(message)")
        #expect(try topic.read("%s") == ["a"])
    }

    @Test func aCancelledWriterSaysWhatIsDelivered() throws {
        let topic = try KafkaTopic()
        let token = CancellationToken()
        token.cancel()
        let message = KafkaTopic.message { try topic.store("SELECT 'a' AS value", cancellation: token) }
        #expect(message.contains("cancel"), "\(message)")
    }
}
