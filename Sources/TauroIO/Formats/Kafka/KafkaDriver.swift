import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Reads bounded ranges of topics, and appends rows to topics.
struct KafkaDriver: FormatDriver {
    private let engine: any Engine
    private let library: KafkaLibrary
    private let atStep: @Sendable (KafkaStep) throws -> Void

    /// Creates a driver; nothing is loaded until a dataset asks for it.
    ///
    /// `atStep` is told of every step of a transaction; what it throws ends it there.
    init(
        engine: any Engine,
        parts: NativeParts,
        atStep: @escaping @Sendable (KafkaStep) throws -> Void = { _ in }
    ) {
        self.engine = engine
        library = KafkaLibrary(parts)
        self.atStep = atStep
    }

    func findings(_ dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] {
        KafkaSettingsReader(dataset, isInput: isInput).findings
    }

    func resource(of dataset: DatasetDefinition) -> String? {
        KafkaSettingsReader(dataset, isInput: true).brokers.map { "broker \($0)" }
    }

    func find(_ dataset: DatasetDefinition) throws -> DatasetPresence {
        _ = try KafkaClient.reader(library.functions(), settings(dataset, isInput: true), of: dataset.id).ranges()
        return DatasetPresence(files: nil, bytes: nil)
    }

    func open(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        let settings = try settings(dataset, isInput: true)
        let frame = Frame(source: try KafkaSource(library.functions(), settings, dataset, engine: engine))
        guard let filter = dataset.dateFilter(dates) else { return frame }
        return try engine.open(
            QueryRequest(text: "SELECT * FROM messages", tables: [("messages", frame)], dateFilter: filter)
        )
    }

    func checkOutput(_ dataset: DatasetDefinition, commit: CommitIdentity?) throws {
        try output(dataset, CancellationToken()).check()
    }

    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput {
        let output = try output(dataset, cancellation)
        do {
            return stored(try output.store(frame, commit: commit), by: output)
        } catch let error as ArrowError {
            throw DatasetError(.unwritable, "output '\(dataset.id)': \(error.message)")
        }
    }

    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput? {
        let output = try output(dataset, CancellationToken())
        return try output.entry(of: commit).map { stored($0, by: output) }
    }

    func trouble(with output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> String? {
        guard output.seal == .commit, try stored(as: dataset, by: commit) == nil else { return nil }
        return "its mark in the topic \(KafkaCommits.topic) is gone"
    }

    func obstacle(toReplacing dataset: DatasetDefinition) -> String? { KafkaCommits.obstacle(toReplacing: dataset.id) }

    private func stored(_ entry: KafkaCommits.Entry, by output: KafkaOutput) -> StoredOutput {
        let record = OutputRecord(
            id: output.dataset.id,
            format: TableFormat.kafka.name,
            path: output.settings.address,
            rows: entry.rows,
            bytes: entry.bytes,
            files: 0
        )
        return StoredOutput(record, seal: output.settings.isTransactional ? .commit : .none)
    }

    private func output(_ dataset: DatasetDefinition, _ cancellation: CancellationToken) throws -> KafkaOutput {
        KafkaOutput(
            functions: try library.functions(),
            settings: try settings(dataset, isInput: false),
            dataset: dataset,
            engine: engine,
            cancellation: cancellation,
            atStep: atStep
        )
    }

    /// What a dataset says, where it can be told what it means.
    private func settings(_ dataset: DatasetDefinition, isInput: Bool) throws(DatasetError) -> KafkaSettings {
        let reader = KafkaSettingsReader(dataset, isInput: isInput)
        if let doubt = reader.doubt { throw DatasetError(.unsupported, doubt.message) }
        return reader.settings
    }
}
