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

    /// Whether the table is there.
    func isThere(_ sessions: DatabaseSessions) throws -> Bool {
        try sessions.exists(table, settings, on: connection)
    }

    /// How many rows a commit stored; nil where it did not.
    func rows(of commit: CommitIdentity) throws -> Int64? {
        let kind = settings.dialect == .other ? "VARCHAR(30)" : "TEXT"
        let found = try connection.texts(
            "SELECT CAST(row_count AS \(kind)) FROM \(table.quoted) WHERE \(row(of: commit))"
        )
        return found.first?.first.flatMap(\.self).flatMap { Int64($0) }
    }

    /// The generations before a commit's that stored.
    func earlier(than commit: CommitIdentity) throws -> [CommitIdentity] {
        try (1..<max(1, commit.generation))
            .map { CommitIdentity(runID: commit.runID, node: commit.node, generation: $0) }
            .filter { try rows(of: $0) != nil }
    }

    /// Writes a commit down.
    func record(_ commit: CommitIdentity, rows: Int64) throws(ADBCError) {
        let texts = [commit.runID, CommitTable.writer(of: commit), stored].map(SQLText.literal).joined(separator: ", ")
        try connection.execute(
            "INSERT INTO \(table.quoted) (run_id, node, table_name, row_count) VALUES (\(texts), \(rows))"
        )
    }

    /// Forgets a commit whose rows are gone.
    func forget(_ commit: CommitIdentity) throws(ADBCError) {
        try connection.execute("DELETE FROM \(table.quoted) WHERE \(row(of: commit))")
    }

    /// Who stored, in the column `node`: the node, and which generation where it is not the first.
    private static func writer(of commit: CommitIdentity) -> String {
        commit.generation == 1 ? commit.node : "\(commit.node)#\(commit.generation)"
    }

    private func row(of commit: CommitIdentity) -> String {
        "run_id = \(SQLText.literal(commit.runID)) AND node = \(SQLText.literal(CommitTable.writer(of: commit)))"
            + " AND table_name = \(SQLText.literal(stored))"
    }
}
