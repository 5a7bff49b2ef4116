import Foundation
import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroIO

/// Topics that kcat writes, read as datasets.
@Suite struct KafkaReadTests {
    private static let raw =
        "SELECT concat_ws('|', coalesce(decode(key), 'NULL'), coalesce(decode(value), 'NULL'), topic = $$TOPIC$$,"
        + " partition, \"offset\", timestamp_type) FROM t"

    private func raw(_ topic: KafkaTopic, _ options: [String: ConfigValue.Content] = [:]) throws -> [String] {
        let query = Self.raw.replacingOccurrences(of: "TOPIC", with: topic.name)
        return try topic.rows(topic.dataset(options), query)
    }

    @Test func rowsAreMessagesByPartitionAndOffset() throws {
        let topic = try KafkaTopic(partitions: 2)
        try topic.write("c", partition: 1)
        try topic.write("k:a", "b", more: ["-K", ":"])
        #expect(try raw(topic) == ["k|a|true|0|0|0", "NULL|b|true|0|1|0", "NULL|c|true|1|0|0"])
    }

    @Test func tombstonesAndEmptyValuesDiffer() throws {
        let topic = try KafkaTopic()
        try topic.write("k:", "l:v", more: ["-K", ":"])
        #expect(try raw(topic) == ["k|NULL|true|0|0|0", "l|v|true|0|1|0"])
    }

    @Test func headersAreAListOfKeysAndValues() throws {
        let topic = try KafkaTopic()
        try topic.write("a", more: ["-H", "trace=1", "-H", "trace=2", "-H", "none"])
        try topic.write("b")
        let dataset = topic.dataset(["include_headers": .bool(true)])
        let rows = try topic.rows(
            dataset,
            "SELECT CAST(list_transform(headers, h -> h.key || '=' || coalesce(decode(h.value), 'NULL')) AS VARCHAR) FROM t"
        )
        #expect(rows == ["['trace=1', 'trace=2', 'none=NULL']", "[]"])
    }

    @Test func timestampsAreMomentsInUTC() throws {
        let topic = try KafkaTopic()
        try topic.write("a")
        let read = try topic.rows(topic.dataset(), "SELECT CAST(epoch_ms(timestamp) AS VARCHAR) FROM t")
        #expect(try read == topic.read("%T"))
        #expect(try topic.frame(topic.dataset()).schema().description.contains("timestamp: timestamp(ms, UTC)"))
    }

    @Test func anEmptyTopicHasColumnsAndNoRows() throws {
        let topic = try KafkaTopic(partitions: 3)
        #expect(try raw(topic).isEmpty)
        #expect(try topic.frame(topic.dataset()).schema().fields.map(\.name).first == "key")
    }

    @Test(arguments: [
        (#"{"0":2,"1":-1}"#, "latest", ["c", "d"]), ("earliest", #"{"0":1,"1":-2}"#, ["a"]),
        (#"{"0":1}"#, #"{"0":3}"#, ["b", "c", "x"]), ("latest", "latest", []),
    ])
    func rangesAreFromOneOffsetUpToAnother(start: String, end: String, expected: [String]) throws {
        let topic = try KafkaTopic(partitions: 2)
        try topic.write("a", "b", "c", "d")
        try topic.write("x", partition: 1)
        let dataset = topic.dataset(["starting_offsets": .string(start), "ending_offsets": .string(end)])
        #expect(try topic.rows(dataset, "SELECT decode(value) FROM t") == expected)
    }

    @Test func momentsDivideATopic() throws {
        let topic = try KafkaTopic()
        try topic.write("a")
        let first = try #require(try topic.read("%T").first.flatMap { Int64($0) })
        while SystemWallClock().wallTime().millisecondsSinceEpoch <= first + 1 { usleep(1000) }
        try topic.write("b")
        let later = ConfigValue.Content.integer(first + 1)
        #expect(try topic.rows(topic.dataset(["starting_timestamp": later]), "SELECT decode(value) FROM t") == ["b"])
        #expect(try topic.rows(topic.dataset(["ending_timestamp": later]), "SELECT decode(value) FROM t") == ["a"])
        let never = ConfigValue.Content.string("9999-01-01")
        #expect(try raw(topic, ["starting_timestamp": never]).isEmpty)
    }

    @Test(arguments: [
        (["starting_offsets": #"{"0":9}"#], "has the offsets 0 to 1, and reading is to start at 9"),
        (["ending_offsets": #"{"0":9}"#], "has the offsets 0 to 1, and reading is to end at 9"),
        (
            ["starting_offsets": #"{"0":1}"#, "ending_offsets": #"{"0":0}"#],
            "would begin at offset 1 and end before it, at 0"
        ),
        (["starting_offsets": #"{"4":0}"#], "names partition 4, and the topic"),
    ])
    func offsetsThatAreNotThereAreErrors(options: [String: String], expected: String) throws {
        let topic = try KafkaTopic()
        try topic.write("a", "b")
        let dataset = topic.dataset(options.mapValues { .string($0) })
        let message = KafkaTopic.message { _ = try topic.frame(dataset) }
        #expect(message.contains(expected), "\(message)")
    }

    @Test func lostMessagesMayBeForgiven() throws {
        let topic = try KafkaTopic()
        try topic.write("a", "b")
        let options: [String: ConfigValue.Content] = [
            "fail_on_data_loss": .bool(false), "ending_offsets": .string(#"{"0":9}"#),
        ]
        #expect(try topic.rows(topic.dataset(options), "SELECT decode(value) FROM t") == ["a", "b"])
    }

    @Test func twoReadingsGiveTheSameRowsWhileOthersAppend() throws {
        let topic = try KafkaTopic()
        try topic.write("a", "b")
        let frame = try topic.frame(topic.dataset())
        let query = "SELECT decode(value) FROM t"
        #expect(try KafkaTopic.texts(frame, query) == ["a", "b"])
        try topic.write("c")
        #expect(try KafkaTopic.texts(frame, query) == ["a", "b"])
        let joined = try KafkaTopic.texts(frame, "SELECT decode(x.value || y.value) FROM t AS x, t AS y ORDER BY 1")
        #expect(joined == ["aa", "ab", "ba", "bb"])
    }

    @Test func aTopicThatIsNotThereNamesTheNearest() throws {
        let topic = try KafkaTopic()
        let dataset = topic.dataset(["topic": .string(topic.name + "x")])
        #expect {
            try topic.frame(dataset)
        } throws: { error in
            let error = error as? DatasetError
            return error?.code == .notFound && error?.message.contains("did you mean '\(topic.name)'") == true
        }
        #expect(try topic.client().topics()[topic.name + "x"] == nil)
    }

    @Test func aBrokerThatIsNotThereIsAnErrorInTime() throws {
        let topic = try KafkaTopic()
        let dataset = topic.dataset(["bootstrap_servers": .string("127.0.0.1:1"), "timeout_seconds": .integer(1)])
        let message = KafkaTopic.message { _ = try topic.frame(dataset) }
        #expect(message.hasPrefix("no broker of Kafka answers at 127.0.0.1:1 within 1 s: "), "\(message)")
        #expect(message.contains("refused"), "\(message)")
    }

    /// A broker may send all of one partition at once, but the second one is asked for only then.
    @Test func aBrokerThatDiesWhileItIsReadIsOneError() throws {
        let own = try OwnKafkaBroker()
        let topic = try KafkaTopic(partitions: 2, on: own.broker)
        try topic.store(
            "SELECT repeat('x', 1000) AS value, CAST(i % 2 AS INTEGER) AS partition FROM range(40000) AS t(i)"
        )
        let stream = try topic.frame(topic.dataset(["timeout_seconds": .integer(10)])).stream()
        #expect(try (stream.next()?.rowCount ?? 0) > 0)
        own.kill()
        let message = KafkaTopic.message { while try stream.next() != nil {} }
        #expect(message.hasPrefix("no broker of Kafka answers at \(own.broker.servers) within 10 s: "), "\(message)")
    }

    @Test func abortedTransactionsAndMarksAreNoRows() throws {
        let topic = try KafkaTopic()
        try topic.store("SELECT 'a' AS value UNION ALL SELECT 'b'", ["transactional": .bool(true)])
        #expect(try raw(topic) == ["NULL|a|true|0|0|0", "NULL|b|true|0|1|0"])
        // The offset after the last row is that of the transaction's end.
        #expect(try topic.client().available(topic.name, 0) == 0..<3)
    }

    @Test func aCancelledReaderStops() throws {
        let topic = try KafkaTopic()
        try topic.write("a")
        let token = CancellationToken()
        let stream = try topic.frame(topic.dataset()).stream(cancellation: token)
        token.cancel()
        #expect(KafkaTopic.message { _ = try stream.next() }.contains("cancelled"))
    }

    @Test func aPropertyThatTheLibraryLacksIsNamedWithoutItsValue() throws {
        let topic = try KafkaTopic()
        let message = KafkaTopic.message {
            _ = try topic.frame(topic.dataset(["kafka.security.protocol": .string("hunter2")]))
        }
        #expect(message.contains("'security.protocol'") && !message.contains("hunter2"), "\(message)")
    }

    @Test func aLibraryThatIsNotThereIsSaid() {
        let parts = NativeParts(directories: ["/nonexistent"], distrust: { _ in "is not trusted" })
        let message = KafkaTopic.message { _ = try KafkaLibrary(parts, name: "libnone.so.1").functions() }
        #expect(
            message.contains("install the Debian package librdkafka1") && message.contains("libnone.so.1"),
            "\(message)"
        )
    }
}
