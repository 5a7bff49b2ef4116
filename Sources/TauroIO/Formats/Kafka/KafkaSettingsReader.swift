import TauroBasics
import TauroModel

/// Reads a dataset's options, and notes what is wrong with them beyond their kinds.
struct KafkaSettingsReader {
    /// How many partitions librdkafka lets a new topic have.
    private static let partitionCounts = 1...100_000

    private let dataset: DatasetDefinition
    private(set) var settings = KafkaSettings()
    private(set) var findings: [Diagnostic] = []
    /// The first finding that leaves it open which messages are meant.
    private(set) var doubt: Diagnostic?

    init(_ dataset: DatasetDefinition, isInput: Bool) {
        self.dataset = dataset
        readPlace(isInput: isInput)
        readValues()
        doubt = findings.first
        if isInput { checkInput() } else { checkOutput() }
    }

    /// The brokers in one order, however they are written, or the dataset where they are secret; nil where none are said.
    var brokers: String? {
        guard let value = value("bootstrap_servers") else { return nil }
        if value.isSecret { return "of dataset \(dataset.id)" }
        let servers = settings.servers.split { $0 == "," || $0 == " " }.sorted()
        return servers.isEmpty ? nil : servers.joined(separator: ",")
    }

    private mutating func readPlace(isInput: Bool) {
        if let value = value("bootstrap_servers") {
            settings.servers = texts(value).joined(separator: ",")
        }
        if settings.servers.allSatisfy({ $0 == "," || $0 == " " }) {
            report("'bootstrap_servers' is missing: the brokers as host:port", "bootstrap_servers")
        }
        settings.topic = text("topic") ?? ""
        if settings.topic.isEmpty, isInput || settings.valueFormat == .json || text("value_format") == "json" {
            report("'topic' is missing", "topic")
        } else if !settings.topic.isEmpty, !Self.isTopicName(settings.topic) {
            report(
                "'topic' is '\(settings.topic)', and the name of a topic has letters, digits, '.', '_' and '-' alone, at"
                    + " most 249; a dataset is one topic, and a dataset with 'query' may unite several",
                "topic"
            )
        }
        if isInput, !dataset.path.value.isEmpty, dataset.path.location != dataset.location {
            report("'filepath' has no meaning with format: kafka", at: dataset.path.location)
        }
    }

    private mutating func readValues() {
        settings.valueFormat = text("value_format").flatMap(KafkaSettings.ValueFormat.init) ?? .raw
        if let seconds = count("timeout_seconds") {
            settings.timeout = min(max(1, seconds), 3600)
            if !(1...3600).contains(seconds) { report("'timeout_seconds' is from 1 to 3600", "timeout_seconds") }
        }
        for (name, value) in dataset.options.sorted(by: { $0.key < $1.key }) where name != "kafka.bootstrap.servers" {
            guard let property = KafkaProperty(option: name, value) else { continue }
            if let problem = property.problem {
                report("option '\(name)' can not be set so: \(problem)", name)
            } else {
                settings.properties.append(property)
            }
        }
        settings.start = position("starting_offsets", "starting_timestamp") ?? .earliest
        settings.end = position("ending_offsets", "ending_timestamp") ?? .latest
        settings.failsOnDataLoss = flag("fail_on_data_loss") ?? true
        settings.includesHeaders = flag("include_headers") ?? false
        settings.hasMetadata = flag("metadata") ?? false
        settings.forgivesBadMessages = text("bad_messages") == "null"
        settings.keyColumn = text("key_column")
        settings.isTransactional = flag("transactional") ?? false
        settings.transactionalID = text("transactional_id")
        settings.transactionTimeout =
            count("transaction_timeout_seconds").map { min(max(1, $0), 86_400) }
            ?? max(KafkaSettings.defaultTransactionTimeout, settings.timeout)
        settings.createsTopic = flag("create_topic") ?? false
        settings.partitions = count("partitions")
        settings.compression = text("compression")
    }

    private mutating func checkInput() {
        guard settings.valueFormat == .raw else {
            if settings.includesHeaders { report(needs("include_headers", "raw"), "include_headers") }
            return
        }
        for name in ["metadata", "bad_messages"] where dataset.options[name] != nil {
            report(needs(name, "json"), name)
        }
        for column in dataset.columns where column.type != nil {
            report(
                "with value_format: raw columns have types of their own, so the type of '\(column.name)' can not be"
                    + " declared; use value_format: json, or a dataset with 'query' that converts it",
                at: column.location
            )
        }
    }

    private mutating func checkOutput() {
        if dataset.writeMode != .append {
            report(
                "a topic can only be appended to, since messages are never replaced; write_mode is"
                    + " \(dataset.writeMode.rawValue): use append, or leave it out"
            )
        }
        if let column = dataset.layout.partition.first {
            report(
                "'partition' divides files into directories; rows go to partitions by their key, or by a column 'partition'"
                    + " with value_format: raw",
                at: column.location
            )
        }
        if let limit = dataset.layout.maxRowsPerFile {
            report("'max_rows_per_file' is for files, and the format is kafka", at: limit.location)
        }
        if settings.keyColumn != nil, settings.valueFormat == .raw { report(needs("key_column", "json"), "key_column") }
        if settings.transactionalID != nil, !settings.isTransactional {
            report("'transactional_id' has a meaning only with transactional: true", "transactional_id")
        }
        checkTransactionTimeout()
        if settings.partitions != nil, !settings.createsTopic {
            report("'partitions' has a meaning only with create_topic: true", "partitions")
        }
        if settings.createsTopic, settings.topic.isEmpty { report("'create_topic' needs 'topic'", "create_topic") }
        if let count = settings.partitions, !Self.partitionCounts.contains(count) {
            report("'partitions' is from 1 to \(Self.partitionCounts.upperBound)", "partitions")
        }
    }

    private mutating func checkTransactionTimeout() {
        let name = "transaction_timeout_seconds"
        guard let seconds = count(name) else { return }
        if !settings.isTransactional {
            report("'\(name)' has a meaning only with transactional: true", name)
        } else if !(settings.timeout...86_400).contains(seconds) {
            report("'\(name)' is from timeout_seconds, \(settings.timeout), to 86400", name)
        }
    }

    private func needs(_ option: String, _ format: String) -> String {
        "option '\(option)' has a meaning only with value_format: \(format)"
    }

    /// What Kafka takes as a topic's name.
    static func isTopicName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            return isLetter || byte.isASCIIDigit
                || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
        }
        return isPlain && (1...249).contains(name.utf8.count) && name != "." && name != ".."
    }
}

extension KafkaSettingsReader {
    private func value(_ name: String) -> ConfigValue? {
        let option = TableFormat.kafka.option(name)
        return ([name] + (option?.aliases ?? [])).lazy.compactMap { dataset.options[$0] }.first
    }

    private func text(_ name: String) -> String? {
        if case .string(let text)? = value(name)?.content { text } else { nil }
    }

    private func texts(_ value: ConfigValue) -> [String] {
        switch value.content {
        case .string(let text): [text]
        case .list(let elements): elements.compactMap(\.plainText)
        default: []
        }
    }

    private func flag(_ name: String) -> Bool? {
        switch value(name)?.content {
        case .bool(let flag): flag
        case .string(let text): text == "true"
        default: nil
        }
    }

    private func count(_ name: String) -> Int? {
        if case .integer(let number)? = value(name)?.content { Int(number) } else { nil }
    }

    private mutating func position(_ offsets: String, _ moment: String) -> KafkaPosition? {
        do throws(KafkaPosition.Problem) {
            if let value = value(moment) {
                if self.value(offsets) != nil {
                    report("options '\(offsets)' and '\(moment)' both say where; keep one", at: value.location)
                }
                return try KafkaPosition(moment: value)
            }
            return try value(offsets).map { value throws(KafkaPosition.Problem) in
                try KafkaPosition(value, topic: settings.topic)
            }
        } catch {
            report(
                "option '\(value(moment) == nil ? offsets : moment)': \(error.text)",
                value(moment) == nil ? offsets : moment
            )
            return nil
        }
    }

    private mutating func report(_ text: String, _ option: String) { report(text, at: value(option)?.location) }

    private mutating func report(_ text: String, at location: SourceLocation? = nil) {
        findings.append(
            Diagnostic(.error, .configuration, "Dataset '\(dataset.id)': \(text)", at: location ?? dataset.location)
        )
    }
}
