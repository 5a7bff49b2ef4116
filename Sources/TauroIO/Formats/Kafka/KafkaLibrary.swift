import Synchronization
import TauroBasics
import TauroModel

/// Finds librdkafka, on first use.
///
/// Safe from any thread.
final class KafkaLibrary: Sendable {
    private static let variable = "TAURO_KAFKA_LIBRARY"

    private let parts: NativeParts
    private let name: String
    private let loaded = Mutex<KafkaFunctions?>(nil)

    init(_ parts: NativeParts, name: String = "librdkafka.so.1") {
        self.parts = parts
        self.name = name
    }

    /// The library's functions.
    ///
    /// - Throws: `ResourceError` that lists every place and why it failed.
    func functions() throws(ResourceError) -> KafkaFunctions {
        try loaded.withLock { loaded throws(ResourceError) in
            if let loaded { return loaded }
            let functions = try load()
            loaded = functions
            return functions
        }
    }

    private func load() throws(ResourceError) -> KafkaFunctions {
        let library: DynamicLibrary
        do {
            library = try parts.open([name, "kafka/\(name)"], variable: Self.variable)
        } catch {
            throw missing(error.tried)
        }
        do {
            return try KafkaFunctions(in: library)
        } catch {
            throw missing(["\(error)"])
        }
    }

    private func missing(_ tried: [String]) -> ResourceError {
        ResourceError(
            operation: "load the client of Kafka",
            message: "the client of Kafka, librdkafka 2.0 or newer, could not be loaded; install the Debian package"
                + " librdkafka1, or set \(Self.variable) to a \(name). Tried:"
                + tried.map { "\n  \($0)" }.joined()
        )
    }
}
