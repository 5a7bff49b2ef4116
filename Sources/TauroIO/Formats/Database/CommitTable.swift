import TauroModel

/// Which commits a table's rows came from: a table `tauro_commits` beside it, written in the transaction of the rows.
struct CommitTable {
    static let name = "tauro_commits"

    private let table: DatabaseTable
    private let settings: DatabaseSettings
    private let connection: ADBCConnection
    private let stored: String

    init(for table: DatabaseTable, _ settings: DatabaseSettings, on connection: ADBCConnection) {
        self.table = DatabaseTable(schema: table.schema, name: CommitTable.name)
        self.settings = settings
        self.connection = connection
        stored = table.text
    }

    /// Makes the table where it is not there; outside of any transaction.
    func make(_ sessions: DatabaseSessions) throws {
        if try sessions.exists(table, settings, on: connection) { return }
        let (text, number, moment) =
            switch settings.dialect {
            case .postgresql: ("text", "bigint", "timestamptz")
            case .sqlite: ("TEXT", "BIGINT", "TIMESTAMP")
            case .other: ("VARCHAR(250)", "BIGINT", "TIMESTAMP")
            }
        let columns =
            ["run_id", "node", "table_name"].map { "\($0) \(text) NOT NULL" } + [
                "row_count \(number) NOT NULL", "committed_at \(moment) DEFAULT CURRENT_TIMESTAMP",
                "PRIMARY KEY (run_id, node, table_name)",
            ]
        do {
            try connection.execute("CREATE TABLE \(table.quoted) (\(columns.joined(separator: ", ")))")
        } catch {
            // Another run was first.
            if try sessions.exists(table, settings, on: connection) { return }
            throw error
        }
    }

    /// Keeps other runs from storing into the same table until the transaction ends.
    func lock() throws {
        switch settings.dialect {
        case .postgresql:
            let key = SQLText.literal("\(CommitTable.name) \(stored)")
            _ = try connection.texts("SELECT pg_advisory_xact_lock(hashtextextended(\(key), 0))::text")
        // A transaction that begins with a write waits for others; one that turns to writing later may fail at once.
        case .sqlite: try connection.execute("DELETE FROM \(table.quoted) WHERE run_id IS NULL")
        case .other: break
        }
    }

    /// How many rows a commit stored; nil where it did not.
    func rows(of commit: CommitIdentity) throws -> Int64? {
        let kind = settings.dialect == .other ? "VARCHAR(30)" : "TEXT"
        let found = try connection.texts(
            "SELECT CAST(row_count AS \(kind)) FROM \(table.quoted) WHERE run_id = \(SQLText.literal(commit.runID))"
                + " AND node = \(SQLText.literal(commit.node)) AND table_name = \(SQLText.literal(stored))"
        )
        return found.first?.first.flatMap(\.self).flatMap { Int64($0) }
    }

    /// Writes a commit down.
    func record(_ commit: CommitIdentity, rows: Int64) throws(ADBCError) {
        let texts = [commit.runID, commit.node, stored].map(SQLText.literal).joined(separator: ", ")
        try connection.execute(
            "INSERT INTO \(table.quoted) (run_id, node, table_name, row_count) VALUES (\(texts), \(rows))"
        )
    }
}
