import CKafka
import TauroBasics
import TauroModel

/// A connection to brokers, as a reader or a writer.
///
/// For one thread at a time; `deinit` closes it and may block for the moments that takes.
final class KafkaClient {
    let functions: KafkaFunctions
    let settings: KafkaSettings
    let datasetID: String
    let events: KafkaEvents
    let handle: KafkaHandle
    private let clock = SystemMonotonicClock()

    /// Creates a reader; nothing is asked yet.
    ///
    /// - Throws: `DatasetError` for a property that the library does not take.
    static func reader(_ functions: KafkaFunctions, _ settings: KafkaSettings, of id: String) throws -> KafkaClient {
        try KafkaClient(
            functions,
            settings,
            of: id,
            kind: TAURO_KAFKA_CONSUMER,
            first: [
                ("isolation.level", "read_committed"), ("fetch.wait.max.ms", "100"), ("check.crcs", "true"),
                ("queued.max.messages.kbytes", "32768"), ("fetch.error.backoff.ms", "50"),
            ],
            last: [("enable.partition.eof", "true"), ("auto.offset.reset", "error")]
        )
    }

    /// Creates a writer; nothing is asked yet.
    ///
    /// - Throws: `DatasetError` for a property that the library does not take.
    static func writer(
        _ functions: KafkaFunctions,
        _ settings: KafkaSettings,
        of id: String,
        transactionalID: String? = nil
    ) throws -> KafkaClient {
        let patience = "\(settings.timeout * 1000)"
        var first = [("linger.ms", "5")]
        var last = [("enable.idempotence", "true"), ("acks", "all"), ("message.timeout.ms", patience)]
        if let compression = settings.compression { last.append(("compression.codec", compression)) }
        if let transactionalID {
            last += [
                ("transactional.id", transactionalID),
                ("transaction.timeout.ms", "\(settings.transactionTimeout * 1000)"),
            ]
            // Unless said, the library waits for an answer as long as for the transaction.
            first.append(("socket.timeout.ms", "\(min(60, settings.transactionTimeout) * 1000)"))
        }
        return try KafkaClient(
            functions,
            settings,
            of: id,
            kind: TAURO_KAFKA_PRODUCER,
            first: first,
            last: last,
            hasReports: true
        )
    }

    private init(
        _ functions: KafkaFunctions,
        _ settings: KafkaSettings,
        of id: String,
        kind: Int32,
        first: [(String, String)],
        last: [(String, String)],
        hasReports: Bool = false
    ) throws {
        self.functions = functions
        self.settings = settings
        datasetID = id
        events = KafkaEvents(functions)
        let conf = functions.newConf()
        functions.setLogCallback(conf, nil)
        functions.setErrorCallback(conf, KafkaEvents.errorCallback)
        if hasReports { functions.setReportCallback(conf, KafkaEvents.reportCallback) }
        // The events live as long as this object, which outlives the handle.
        functions.setOpaque(conf, Unmanaged.passUnretained(events).toOpaque())
        let given = settings.properties.map { ($0.name, $0.value) }
        for (name, value) in first + given + [("bootstrap.servers", settings.servers)] + last {
            guard functions.setConf(conf, name, value, nil, 0) != 0 else { continue }
            functions.destroyConf(conf)
            throw DatasetError(
                .unsupported,
                "dataset '\(id)': librdkafka does not take '\(name)', or not the value that it has; see the list of its"
                    + " properties, CONFIGURATION.md"
            )
        }
        var text = [CChar](repeating: 0, count: 512)
        guard let handle = functions.create(kind, conf, &text, text.count) else {
            functions.destroyConf(conf)
            throw DatasetError(.unsupported, "dataset '\(id)': librdkafka can not be set up so: \(String(ofC: text))")
        }
        self.handle = handle
    }

    deinit { functions.destroy(handle) }

    /// Serves callbacks, and waits for some at most so long.
    func poll(milliseconds: Int32 = 0) { _ = functions.poll(handle, milliseconds) }

    /// When waiting that begins now ends: after `timeout`, or so many seconds.
    func deadline(after seconds: Int? = nil) -> Duration {
        clock.elapsedTime() + .seconds(seconds ?? settings.timeout)
    }

    func isOver(_ deadline: Duration) -> Bool { clock.elapsedTime() >= deadline }

    /// Asks brokers something until there is an answer; `ask` gets how many milliseconds it may take, and gives the error
    /// that it ended with.
    ///
    /// - Throws: `ResourceError` where none answers in time.
    func answer(_ ask: (Int32) -> Int32) throws(ResourceError) -> Int32 {
        let deadline = deadline()
        var patience: Int32 = 1000
        while true {
            let left = (deadline - clock.elapsedTime()).components.seconds
            let error = ask(min(patience, Int32(clamping: max(1, left) * 1000)))
            poll()
            guard [TAURO_KAFKA_TRANSPORT, TAURO_KAFKA_TIMED_OUT, TAURO_KAFKA_ALL_BROKERS_DOWN].contains(error) else {
                return error
            }
            if events.isRefused || isOver(deadline) { throw unreachable(error) }
            patience = min(patience * 2, 30_000)
        }
    }

    /// That nobody answers, and why as far as it is known.
    func unreachable(_ error: Int32 = TAURO_KAFKA_TRANSPORT) -> ResourceError {
        let why = events.lastError ?? functions.words(error)
        return ResourceError(
            operation: "reach Kafka",
            message: "no broker of Kafka answers at \(settings.servers)"
                + (events.isRefused ? "" : " within \(settings.timeout) s")
                + ": \(why); check bootstrap_servers and that the broker runs"
        )
    }

    /// Why the library can send nothing any more; nil as long as it can.
    var fatalError: String? {
        var text = [CChar](repeating: 0, count: 512)
        let code = functions.producer.fatalError(handle, &text, text.count)
        if code == 0 { return nil }
        let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(functions.words(code)) (\(reason))"
    }

    func failure(_ code: DatasetError.Code, _ text: String) -> DatasetError {
        DatasetError(code, "Dataset '\(datasetID)': \(text)")
    }
}
