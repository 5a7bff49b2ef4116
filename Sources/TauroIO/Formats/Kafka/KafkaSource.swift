import Synchronization
import TauroData
import TauroEngine
import TauroModel

/// A bounded part of a topic, read anew for every stream by a reader of its own: the same rows each time, whatever is
/// appended meanwhile.
///
/// Safe from any thread.
final class KafkaSource: FrameSource {
    /// How many messages tell the columns of values whose columns are not declared.
    static let sampleRows = 10_000

    private let functions: KafkaFunctions
    private let settings: KafkaSettings
    private let dataset: DatasetDefinition
    private let engine: any Engine
    private let ranges: [KafkaRange]
    private let columns = Mutex<KafkaJSONColumns?>(nil)

    /// Finds out which messages there are.
    ///
    /// - Throws: `DatasetError` or `ResourceError`.
    init(
        _ functions: KafkaFunctions,
        _ settings: KafkaSettings,
        _ dataset: DatasetDefinition,
        engine: any Engine
    ) throws {
        self.functions = functions
        self.settings = settings
        self.dataset = dataset
        self.engine = engine
        ranges = try KafkaClient.reader(functions, settings, of: dataset.id).ranges()
    }

    /// Not known: there are offsets without a message.
    var rowCount: Int64? { nil }

    func schema() throws -> Schema {
        switch settings.valueFormat {
        case .raw: KafkaRawRows.schema(settings)
        case .json: try jsonColumns(CancellationToken()).schema
        }
    }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        let builder: any KafkaBatchBuilder =
            switch settings.valueFormat {
            case .raw: try KafkaRawRows(functions, settings)
            case .json:
                try KafkaJSONRows(functions, settings, jsonColumns(cancellation), of: dataset.id, engine: engine)
            }
        return KafkaStream(try reader(cancellation), builder, cancellation: cancellation)
    }

    private func reader(_ cancellation: CancellationToken) throws -> KafkaReader {
        KafkaReader(
            try KafkaClient.reader(functions, settings, of: dataset.id),
            ranges,
            cancellation: cancellation
        )
    }

    /// The columns of values: declared, or what the first messages have.
    private func jsonColumns(_ cancellation: CancellationToken) throws -> KafkaJSONColumns {
        if let known = columns.withLock({ $0 }) { return known }
        // Asking brokers blocks, so it happens outside the lock; two threads may both do it, and find the same.
        let declared = dataset.columns.contains { $0.type != nil }
        let found =
            try declared
            ? KafkaJSONColumns(declared: dataset.columns, settings, engine: engine)
            : KafkaJSONColumns(inferredFrom: sample(cancellation), settings, of: dataset.id, engine: engine)
        return columns.withLock { known in
            known = known ?? found
            return known ?? found
        }
    }

    /// The values of the first messages that have one.
    private func sample(_ cancellation: CancellationToken) throws -> [String] {
        let reader = try reader(cancellation)
        var texts: [String] = []
        while texts.count < Self.sampleRows {
            let value = try reader.next { message -> String? in
                message.pointee.value.flatMap { String(validating: $0, as: UTF8.self) }
            }
            guard let value else { break }
            if let text = value { texts.append(text) }
        }
        return texts
    }
}
