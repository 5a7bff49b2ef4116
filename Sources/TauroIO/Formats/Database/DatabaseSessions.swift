import TauroBasics
import TauroModel

/// Connects to databases of datasets.
struct DatabaseSessions {
    let parts: NativeParts

    /// A new connection.
    ///
    /// - Throws: `ResourceError` where the driver is missing or the server does not let us in.
    func connect(_ settings: DatabaseSettings) throws -> ADBCConnection {
        let dialect = settings.dialect
        let driver = try ADBCDriver.load(
            dialect.libraries(named: settings.driver),
            entry: settings.entry,
            in: parts,
            variable: settings.driver == nil ? dialect.variable : nil
        )
        do {
            let connection = try ADBCConnection(driver, options: settings.options)
            for text in dialect.settings(settings.dataset) { try connection.execute(text) }
            return connection
        } catch let error as ADBCError {
            throw ResourceError(
                operation: "connect to a database",
                message: "Dataset '\(settings.dataset.id)': could not connect to \(settings.server): "
                    + "\(settings.redacted("\(error)")); check 'uri', and whether the server is there and lets you in"
            )
        }
    }

    /// A new connection that changes nothing.
    ///
    /// Where the database has no way to be held to that, all happens in a transaction that is never committed, if the driver
    /// has transactions.
    func connectForReading(_ settings: DatabaseSettings) throws -> ADBCConnection {
        let connection = try connect(settings)
        for text in settings.dialect.readingSettings { try connection.execute(text) }
        if settings.dialect == .other { try? connection.begin() }
        return connection
    }

    /// Whether there is a table, as far as that is known.
    func exists(_ table: DatabaseTable, _ settings: DatabaseSettings, on connection: ADBCConnection) throws -> Bool {
        let question = settings.dialect.existence(of: table)
        if settings.dialect != .other { return try !connection.texts(question).isEmpty }
        do {
            _ = try connection.query(question)
            return true
        } catch is ADBCError {
            return false
        }
    }

    /// The error for a table that is not there, with the nearest name among those that are.
    func missing(_ table: DatabaseTable, _ settings: DatabaseSettings, on connection: ADBCConnection) -> DatasetError {
        let question = settings.dialect.tables(like: table)
        let names = question.flatMap { try? connection.texts($0) }?.compactMap { $0.first.flatMap(\.self) } ?? []
        let hint = NearestName.ending(NearestName.nearest(to: table.text, in: names))
        return settings.failure(.notFound, "\(settings.server) has no table '\(table.text)'\(hint)")
    }
}
