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

    func checkOutput(_ dataset: DatasetDefinition, commit: CommitIdentity?) throws {
        let settings = DatabaseSettings(dataset)
        guard let table = settings.table else { return }
        let connection = try sessions.connect(settings)
        guard dataset.writeMode == .error, try sessions.exists(table, settings, on: connection) else { return }
        if let commit, try stored(as: dataset, by: commit) != nil { return }
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
    ) throws -> StoredOutput {
        let settings = DatabaseSettings(dataset)
        let table = try table(settings)
        let rows = try DatabaseCommit(
            settings: settings,
            table: table,
            sessions: sessions,
            engine: engine,
            commit: commit,
            cancellation: cancellation,
            atStep: atStep
        ).store(frame)
        return output(settings, rows: rows ?? 0, seal: rows == nil ? .none : .commit)
    }

    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput? {
        let settings = DatabaseSettings(dataset)
        let rows = try asking(settings) { try $0.ask { try $0.rows(of: commit) } }
        return rows.map { output(settings, rows: $0, seal: .commit) }
    }

    func trouble(with output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> String? {
        guard output.seal == .commit else { return nil }
        let settings = DatabaseSettings(dataset)
        return try asking(settings) { inquiry in
            if try inquiry.ask({ try $0.rows(of: commit) }) == nil { return "its row in \(CommitTable.name) is gone" }
            return try inquiry.hasTable() ? nil : "\(settings.place) is gone"
        }
    }

    func obstacle(toReplacing dataset: DatasetDefinition) -> String? {
        DatabaseSettings(dataset).obstacleToReplacing
    }

    private func table(_ settings: DatabaseSettings) throws -> DatabaseTable {
        guard let table = settings.table else { throw settings.failure(.unwritable, "'table' is not said") }
        return table
    }

    private func asking<Answer>(
        _ settings: DatabaseSettings,
        _ body: (CommitInquiry) throws -> Answer
    ) throws -> Answer {
        do {
            return try body(CommitInquiry(settings: settings, table: try table(settings), sessions: sessions))
        } catch let error as ADBCError {
            throw settings.failure(.unreadable, "what is stored in \(settings.place) could not be asked: \(error)")
        }
    }

    private func output(_ settings: DatabaseSettings, rows: Int64, seal: OutputSeal) -> StoredOutput {
        let dataset = settings.dataset
        let record = OutputRecord(
            id: dataset.id,
            format: dataset.format.value,
            path: settings.place,
            rows: rows,
            bytes: 0,
            files: 0
        )
        return StoredOutput(record, seal: seal)
    }
}
