import CADBC
import CTauro
import Synchronization
import TauroData
import TauroModel

/// A connection to a database, with the driver's database object that it alone uses.
///
/// One thread at a time uses it, except for `cancel`; unchecked because of the handles: `isOpen` guards them against a
/// release while another thread cancels.
final class ADBCConnection: @unchecked Sendable {
    /// The driver's functions.
    let driver: ADBCDriver
    /// The driver's connection.
    let handle: UnsafeMutablePointer<tauro_adbc_handle>
    private let database: UnsafeMutablePointer<tauro_adbc_handle>
    private let isOpen = Mutex(false)

    /// Connects.
    ///
    /// - Throws: `ADBCError`.
    init(_ driver: ADBCDriver, options: [(name: String, value: String)]) throws {
        self.driver = driver
        handle = .allocate(capacity: 1)
        handle.initialize(to: tauro_adbc_handle())
        database = .allocate(capacity: 1)
        database.initialize(to: tauro_adbc_handle())
        let table = driver.functions.pointee
        try ADBCError.check { table.database_new(database, $0) }
        for option in options {
            try ADBCError.check { table.database_set_option(database, option.name, option.value, $0) }
        }
        try ADBCError.check { table.database_init(database, $0) }
        try ADBCError.check { table.connection_new(handle, $0) }
        try ADBCError.check { table.connection_init(handle, database, $0) }
        isOpen.withLock { $0 = true }
    }

    deinit {
        close()
        handle.deallocate()
        database.deallocate()
    }

    /// Disconnects; what was not committed is rolled back by the database.
    ///
    /// Statements and streams of the connection are gone by then. A second call does nothing.
    func close() {
        let table = driver.functions.pointee
        isOpen.withLock { isOpen in
            isOpen = false
            if handle.pointee.private_data != nil { try? ADBCError.check { table.connection_release(handle, $0) } }
            if database.pointee.private_data != nil { try? ADBCError.check { table.database_release(database, $0) } }
            handle.pointee = tauro_adbc_handle()
            database.pointee = tauro_adbc_handle()
        }
    }

    /// Asks the database to give up what the connection runs; from any thread.
    func cancel() {
        isOpen.withLock { isOpen in
            guard isOpen, let cancel = driver.functions.pointee.connection_cancel else { return }
            try? ADBCError.check { cancel(handle, $0) }
        }
    }

    /// Begins a transaction, which lasts until `commit` or the connection's end.
    func begin() throws(ADBCError) {
        let table = driver.functions.pointee
        try ADBCError.check { table.connection_set_option(handle, "adbc.connection.autocommit", "false", $0) }
    }

    /// Makes what the transaction did last.
    func commit() throws(ADBCError) {
        let table = driver.functions.pointee
        try ADBCError.check { table.connection_commit(handle, $0) }
    }

    /// Undoes what the transaction did, as far as the connection still stands.
    func rollback() {
        let table = driver.functions.pointee
        try? ADBCError.check { table.connection_rollback(handle, $0) }
    }

    /// Runs a statement that gives no rows.
    func execute(_ text: String) throws(ADBCError) {
        let statement = try ADBCStatement(self)
        try statement.setQuery(text)
        try statement.execute()
    }

    /// Has the database read a query, without running it.
    func prepare(_ text: String) throws(ADBCError) {
        let statement = try ADBCStatement(self)
        try statement.setQuery(text)
        try statement.prepare()
    }

    /// The columns of a query's rows, without running it; nil where the driver can not tell.
    func columns(of text: String) throws -> Schema? {
        let statement = try ADBCStatement(self)
        try statement.setQuery(text)
        return try statement.resultSchema()
    }

    /// Runs a query; its rows come as they are asked for.
    func query(_ text: String, options: [(name: String, value: String)] = []) throws -> ADBCStream {
        let statement = try ADBCStatement(self)
        for option in options { try statement.setOption(option.name, option.value) }
        try statement.setQuery(text)
        return try statement.executeQuery()
    }

    /// All rows of a query whose columns are texts.
    func texts(_ text: String) throws -> [[String?]] {
        let stream = try query(text)
        var rows: [[String?]] = []
        while let batch = try stream.next() {
            let columns = try batch.schema.fields.indices.map { place -> [String?] in
                let isText = batch.schema.fields[place].type == .utf8
                if !isText { return Array(repeating: nil, count: batch.rowCount) }
                return try batch.column(at: place).values(as: String.self).map { $0 }
            }
            rows += (0..<batch.rowCount).map { row in columns.map { $0[row] } }
        }
        return rows
    }

    /// Adds all rows of a stream to a table in bulk.
    ///
    /// `mode` is `create` for a table that the driver makes, `append` for one that is there.
    func ingest(
        _ stream: any RecordBatchStream,
        into table: String,
        schema: String?,
        mode: String
    ) throws {
        let statement = try ADBCStatement(self)
        try statement.setOption("adbc.ingest.target_table", table)
        if let schema { try statement.setOption("adbc.ingest.target_db_schema", schema) }
        try statement.setOption("adbc.ingest.mode", "adbc.ingest.mode.\(mode)")
        try statement.bind(stream)
        try statement.execute()
    }
}
