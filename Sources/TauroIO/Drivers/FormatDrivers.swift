import TauroBasics
import TauroEngine
import TauroModel

/// The drivers of this version, by the names of their formats.
package struct FormatDrivers: Sendable {
    private let drivers: [String: any FormatDriver]

    /// Creates the drivers; nothing is loaded until a dataset asks for it.
    ///
    /// - Parameters:
    ///   - engine: what they read and write files through.
    ///   - parts: where they find libraries.
    ///   - environment: how servers are asked where datasets do not say it.
    ///   - writers: how many files they may write at once.
    ///   - sync: puts what a commit wrote on the disk.
    ///   - atStep: is told of every step of a commit; what it throws ends the commit there.
    init(
        engine: any Engine,
        parts: NativeParts = NativeParts(),
        environment: [String: String] = [:],
        writers: Int = 1,
        sync: DiskSync = .off,
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) {
        let databases = DatabaseDriver(engine: engine, parts: parts)
        drivers = [
            TableFormat.adbc.name: databases,
            TableFormat.delta.name: DeltaDriver(
                engine: engine,
                remote: RemoteFiles(engine: engine, environment: environment),
                writers: writers,
                sync: sync,
                atStep: atStep
            ),
            TableFormat.kafka.name: KafkaDriver(engine: engine, parts: parts),
            TableFormat.postgresql.name: databases, TableFormat.sqlite.name: databases,
        ]
    }

    /// The driver of a dataset's format; nil where its datasets are files that the engine reads and writes.
    subscript(dataset: DatasetDefinition) -> (any FormatDriver)? { drivers[dataset.format.value] }
}
