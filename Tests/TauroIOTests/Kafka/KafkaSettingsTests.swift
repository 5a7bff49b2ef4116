import TauroModel
import Testing

@testable import TauroIO

/// What datasets of this format say, checked without a broker.
@Suite struct KafkaSettingsTests {
    private func findings(
        _ options: [String: ConfigValue.Content],
        isInput: Bool = true,
        change: (inout DatasetDefinition) -> Void = { _ in }
    ) -> String {
        let servers: [String: ConfigValue.Content] = ["topic": .string("flights"), "bootstrap_servers": .string("h:1")]
        var dataset = KafkaTopic.dataset(servers.merging(options) { $1 })
        change(&dataset)
        let found =
            DatasetCheck.findings(dataset, isInput: isInput) + KafkaSettingsReader(dataset, isInput: isInput).findings
        return found.map(\.message).joined(separator: "\n")
    }

    @Test func spellingsOfSparkSayTheSame() {
        let dataset = KafkaTopic.dataset([
            "subscribe": .string("flights"), "kafka.bootstrap.servers": .string("a:1,b:2"),
            "startingOffsets": .string("latest"), "endingOffsets": .string(#"{"flights":{"0":7}}"#),
            "failOnDataLoss": .string("false"), "includeHeaders": .bool(true),
            "kafka.security.protocol": .string("SSL"),
        ])
        let reader = KafkaSettingsReader(dataset, isInput: true)
        #expect(reader.findings.isEmpty && DatasetCheck.findings(dataset, isInput: true).isEmpty)
        #expect(reader.settings.servers == "a:1,b:2" && reader.settings.topic == "flights")
        #expect(reader.settings.start == .latest && reader.settings.end == .offsets([0: .offset(7)]))
        #expect(!reader.settings.failsOnDataLoss && reader.settings.includesHeaders)
        #expect(reader.settings.properties.map(\.name) == ["security.protocol"])
    }

    @Test func serversMayBeAList() {
        let place = SourceLocation(file: "input.yaml")
        let list = ConfigValue.Content.list(["a:1", "b:2"].map { ConfigValue(.string($0), at: place) })
        let dataset = KafkaTopic.dataset(["topic": .string("t"), "bootstrap_servers": list])
        #expect(KafkaSettingsReader(dataset, isInput: true).settings.servers == "a:1,b:2")
    }

    @Test func whatIsMissingIsSaid() {
        let found = KafkaSettingsReader(KafkaTopic.dataset([:]), isInput: true).findings.map(\.message)
        #expect(
            found == [
                "Dataset 't': 'bootstrap_servers' is missing: the brokers as host:port",
                "Dataset 't': 'topic' is missing",
            ]
        )
    }

    private static let badInputs: [(options: [String: String], expected: String)] = [
        (["topic": "a,b"], "the name of a topic has letters"),
        (["startingOffset": "earliest"], "has no option 'startingOffset'"),
        (["subscribe": "flights"], "'topic' and 'subscribe' say the same"),
        (["starting_offsets": "now"], "option 'starting_offsets': expected earliest, latest"),
        (["starting_offsets": "latest", "starting_timestamp": "2026-01-01"], "both say where"),
        (["value_format": "avro"], "expects one of raw, json"),
        (["kafka.enable.partition.eof": "false"], "can not be set so: a reader depends on it"),
        (["kafka.plugin.library.paths": "x.so"], "loads other code into the host"),
        (["kafka.delivery.report.only.error": "true"], "can not be set so: every delivery is counted"),
        (["kafka.ssl.providers": "x"], "loads other code into the host"),
        (["kafka.ssl.engine.location": "x"], "loads other code into the host"),
        (["kafka.sasl.kerberos.kinit.cmd": "touch x"], "a command that a shell would run"),
        (["kafka.sasl.kerberos.keytab": "x\"; touch y"], "its value becomes part of a command"),
        (["bad_messages": "null"], "'bad_messages' has a meaning only with value_format: json"),
        (["compression": "zstd"], "has a meaning only where kafka is written"),
    ]

    @Test(arguments: badInputs)
    func badOptionsOfInputsAreFound(options: [String: String], expected: String) {
        let found = findings(options.mapValues { .string($0) })
        #expect(found.contains(expected), "\(found)")
    }

    @Test func typesOfRawColumnsCanNotBeDeclared() {
        let found = findings([:]) { $0.columns = [.init(name: "value", type: "VARCHAR")] }
        #expect(found.contains("the type of 'value' can not be declared"), "\(found)")
    }

    @Test(arguments: [DatasetDefinition.WriteMode.overwrite, .ignore, .error])
    func outputsAreAppendedToAlone(mode: DatasetDefinition.WriteMode) {
        let found = findings([:], isInput: false) { $0.writeMode = mode }
        #expect(found.contains("can only be appended to") && found.contains(mode.rawValue), "\(found)")
    }

    private static let badOutputs: [(options: [String: ConfigValue.Content], expected: String)] = [
        (["key_column": .string("id")], "only with value_format: json"),
        (["transaction_timeout_seconds": .integer(60)], "only with transactional: true"),
        (
            ["transactional": .bool(true), "transaction_timeout_seconds": .integer(10)],
            "is from timeout_seconds, 30, to 86400"
        ),
        (["transactional_id": .string("x")], "only with transactional: true"),
        (["compression": .string("brotli")], "expects one of none, gzip"),
        (["starting_offsets": .string("latest")], "only where kafka is read"),
    ]

    @Test(arguments: badOutputs)
    func badOptionsOfOutputsAreFound(options: [String: ConfigValue.Content], expected: String) {
        let found = findings(options, isInput: false)
        #expect(found.contains(expected), "\(found)")
    }

    @Test(arguments: [0, 100_001, .max])
    func aNewTopicHasAsManyPartitionsAsTheLibraryTakes(count: Int64) {
        let found = findings(["create_topic": .bool(true), "partitions": .integer(count)], isInput: false)
        #expect(found.contains("'partitions' is from 1 to 100000"), "\(found)")
    }

    @Test func aTransactionMayLastAsLongAsBrokersAllow() {
        let place: [String: ConfigValue.Content] = ["topic": .string("t"), "bootstrap_servers": .string("h:1")]
        func seconds(_ options: [String: ConfigValue.Content]) -> Int {
            let dataset = KafkaTopic.dataset(place.merging(options) { $1 })
            return KafkaSettingsReader(dataset, isInput: false).settings.transactionTimeout
        }
        #expect(seconds(["transactional": .bool(true)]) == 900)
        #expect(seconds(["transactional": .bool(true), "transaction_timeout_seconds": .integer(60)]) == 60)
        #expect(seconds(["transactional": .bool(true), "timeout_seconds": .integer(1800)]) == 1800)
    }

    @Test func secretsAreNotSaid() {
        let secret = ConfigValue(.list([]), at: SourceLocation(file: "input.yaml"), isSecret: true)
        var dataset = KafkaTopic.dataset(["topic": .string("t"), "bootstrap_servers": .string("h:1")])
        dataset.options["kafka.sasl.password"] = secret
        let found = DatasetCheck.findings(dataset, isInput: true).map(\.message)
        #expect(found.first?.hasSuffix("found a secret") == true)
    }
}
