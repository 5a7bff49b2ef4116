import TauroModel

/// Asks a database which commits took place, over a connection of its own.
struct CommitInquiry {
    let settings: DatabaseSettings
    let table: DatabaseTable
    let sessions: DatabaseSessions

    /// What `body` finds in the table of commits, once no commit to the same table may still end either way; nil where nothing
    /// was ever committed.
    ///
    /// - Throws: `ResourceError` where the database can not be reached, else what it answers.
    func ask<Answer>(_ body: (CommitTable) throws -> Answer?) throws -> Answer? {
        let connection = try sessions.connect(settings)
        defer { connection.close() }
        let commits = CommitTable(for: table, settings, on: connection)
        guard try commits.isThere(sessions) else { return nil }
        try connection.begin()
        // The transaction of a commit holds the lock as long as it may still end either way.
        try commits.lock()
        let answer = try body(commits)
        connection.rollback()
        return answer
    }

    /// Whether the table itself is there.
    func hasTable() throws -> Bool {
        let connection = try sessions.connect(settings)
        defer { connection.close() }
        return try sessions.exists(table, settings, on: connection)
    }
}
