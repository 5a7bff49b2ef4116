import TauroBasics
import TauroModel

/// A property of librdkafka that a dataset sets, as the option `kafka.<name>`.
struct KafkaProperty {
    /// What names of such options begin with.
    static let prefix = "kafka."

    /// The library's name for it, for example `security.protocol`.
    let name: String
    /// The value as the library reads it; may be a secret, so it is never part of a message.
    let value: String

    /// Properties that promises of this format depend on, or that run other code.
    private static let kept: [String: String] = [
        "enable.partition.eof": "a reader depends on it",
        "auto.offset.reset": "use starting_offsets and fail_on_data_loss",
        "enable.auto.commit": "nothing is committed for a group",
        "enable.auto.offset.store": "nothing is committed for a group",
        "enable.idempotence": "messages are always sent so",
        "acks": "delivery is always confirmed by all replicas",
        "request.required.acks": "delivery is always confirmed by all replicas",
        "transactional.id": "use transactional and transactional_id",
        "message.timeout.ms": "use timeout_seconds",
        "delivery.timeout.ms": "use timeout_seconds",
        "delivery.report.only.error": "every delivery is counted",
        "transaction.timeout.ms": "use transaction_timeout_seconds",
        "compression.codec": "use compression",
        "compression.type": "use compression",
        "metadata.broker.list": "use bootstrap_servers",
        "plugin.library.paths": "it loads other code into the host",
        "ssl.engine.location": "it loads other code into the host",
        "ssl.providers": "it loads other code into the host",
        "sasl.kerberos.kinit.cmd": "it is a command that a shell would run",
    ]

    /// Properties whose values the library puts into a command of a shell.
    private static let partsOfCommands: Set = [
        "sasl.kerberos.keytab", "sasl.kerberos.principal", "sasl.kerberos.service.name",
    ]

    /// The property that an option sets; nil for other options.
    init?(option: String, _ value: ConfigValue) {
        guard option.hasPrefix(Self.prefix), let text = value.plainText else { return nil }
        name = String(option.dropFirst(Self.prefix.count))
        self.value = text
    }

    init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Why a dataset may not set it, or not to this value; nil if it may.
    var problem: String? {
        if let reason = Self.kept[name] { return reason }
        if !Self.partsOfCommands.contains(name) || value.utf8.allSatisfy(Self.isPlain) { return nil }
        return "its value becomes part of a command, so it has letters, digits, '.', '_', '-', '/', '@' and ':' alone"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        return isLetter || byte.isASCIIDigit || "._-/@:".utf8.contains(byte)
    }
}
