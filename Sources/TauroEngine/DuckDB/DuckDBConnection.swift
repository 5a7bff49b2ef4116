import CTauro
import TauroModel

/// One connection: it has its own temporary views, so calls do not see each other's tables.
///
/// For one thread at a time, except `interrupt`, which is what makes it safe to share with a cancelling thread.
final class DuckDBConnection: @unchecked Sendable {
    let database: DuckDBDatabase
    private(set) var handle: Handle
    var functions: DuckDBFunctions { database.functions }

    init(database: DuckDBDatabase, handle: Handle) {
        self.database = database
        self.handle = handle
    }

    deinit { functions.disconnect(&handle) }

    /// Stops what runs on this connection now.
    ///
    /// Safe from any thread.
    func interrupt() { functions.interrupt(handle) }

    /// Prepares one statement.
    ///
    /// - Throws: `SQLError` with DuckDB's text, for example for a column that does not exist.
    func prepare(_ text: String) throws(SQLError) -> DuckDBStatement {
        var statement: Handle = nil
        let state = functions.prepare(handle, text, &statement)
        // The statement exists even where preparing failed: it carries the text of the error.
        let prepared = DuckDBStatement(connection: self, handle: statement)
        guard state == DuckDBDatabase.success else {
            throw SQLError(duckDB: functions.prepareError(statement))
        }
        return prepared
    }

    /// Runs one statement whose rows nobody needs.
    func execute(_ text: String) throws(SQLError) {
        let result = try prepare(text).run(cancellation: CancellationToken())
        while var array = try result.nextChunk() { array.release?(&array) }
    }
}
