import TauroBasics
import TauroEngine
import TauroModel

/// Reads and stores tables of databases through ADBC drivers.
struct DatabaseDriver: FormatDriver {
    let engine: any Engine
    let sessions: DatabaseSessions
    let atStep: @Sendable (DatabaseStep) throws -> Void

    /// Creates a driver; nothing is loaded until a dataset asks for it.
    ///
    /// `atStep` is told of every step of a commit; what it throws ends the commit there.
    init(
        engine: any Engine,
        parts: NativeParts,
        atStep: @escaping @Sendable (DatabaseStep) throws -> Void = { _ in }
    ) {
        self.engine = engine
        sessions = DatabaseSessions(parts: parts)
        self.atStep = atStep
    }

    func findings(_ dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] {
        DatabaseFindings(dataset, isInput: isInput).all
    }

    func resource(of dataset: DatasetDefinition) -> String? { DatabaseSettings(dataset).resource }

    func find(_ dataset: DatasetDefinition) throws -> DatasetPresence {
        let settings = DatabaseSettings(dataset)
        _ = try DatabaseSource(settings, sessions, engine: engine, filter: nil).schema()
        return DatasetPresence(files: nil, bytes: nil)
    }

    func open(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        let settings = DatabaseSettings(dataset)
        return Frame(
            source: DatabaseSource(settings, sessions, engine: engine, filter: dataset.dateFilter(dates))
        )
    }

    func checkOutput(_ dataset: DatasetDefinition) throws {
        let settings = DatabaseSettings(dataset)
        guard let table = settings.table else { return }
        let connection = try sessions.connect(settings)
        guard dataset.writeMode == .error, try sessions.exists(table, settings, on: connection) else { return }
        throw settings.failure(
            .alreadyExists,
            "\(settings.place) is there already, and write_mode is error; use overwrite, append or ignore"
        )
    }

    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> OutputRecord {
        let settings = DatabaseSettings(dataset)
        guard let table = settings.table else { throw settings.failure(.unwritable, "'table' is not said") }
        let rows = try DatabaseCommit(
            settings: settings,
            table: table,
            sessions: sessions,
            engine: engine,
            commit: commit,
            cancellation: cancellation,
            atStep: atStep
        ).store(frame)
        return OutputRecord(
            id: dataset.id,
            format: dataset.format.value,
            path: settings.place,
            rows: rows,
            bytes: 0,
            files: 0
        )
    }
}
