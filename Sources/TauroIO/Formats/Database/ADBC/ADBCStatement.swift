import CADBC
import CTauro
import TauroData

/// One statement of a connection, which it keeps open.
///
/// For one thread at a time.
final class ADBCStatement {
    private let connection: ADBCConnection
    private let handle: UnsafeMutablePointer<tauro_adbc_handle>
    private var functions: tauro_adbc_driver { connection.driver.functions.pointee }

    @inline(never)
    init(_ connection: ADBCConnection) throws(ADBCError) {
        self.connection = connection
        handle = .allocate(capacity: 1)
        handle.initialize(to: tauro_adbc_handle())
        let table = connection.driver.functions.pointee
        try ADBCError.check { table.statement_new(connection.handle, handle, $0) }
    }

    deinit {
        let table = functions
        if handle.pointee.private_data != nil { try? ADBCError.check { table.statement_release(handle, $0) } }
        handle.deallocate()
    }

    func setQuery(_ text: String) throws(ADBCError) {
        try ADBCError.check { functions.statement_set_sql_query(handle, text, $0) }
    }

    func setOption(_ name: String, _ value: String) throws(ADBCError) {
        try ADBCError.check { functions.statement_set_option(handle, name, value, $0) }
    }

    /// Has the database read the query, without running it, where the driver can.
    func prepare() throws(ADBCError) {
        guard let prepare = functions.statement_prepare else { return }
        try ADBCError.check { prepare(handle, $0) }
    }

    /// The columns of the query's rows, without running it; nil where the driver can not tell.
    func resultSchema() throws -> Schema? {
        guard let describe = functions.statement_execute_schema else { return nil }
        var exported = ArrowSchema()
        do {
            try ADBCError.check { describe(handle, &exported, $0) }
        } catch {
            guard error.isUnimplemented else { throw error }
            return nil
        }
        defer { exported.release?(&exported) }
        return try Schema(importing: &exported)
    }

    /// Gives the statement rows; the driver lets go of the stream.
    func bind(_ stream: any RecordBatchStream) throws(ADBCError) {
        var exported = stream.export()
        defer { exported.release?(&exported) }
        try ADBCError.check { functions.statement_bind_stream(handle, &exported, $0) }
    }

    func execute() throws(ADBCError) {
        try ADBCError.check { functions.statement_execute_query(handle, nil, nil, $0) }
    }

    func executeQuery() throws -> ADBCStream {
        var stream = ArrowArrayStream()
        try ADBCError.check { functions.statement_execute_query(handle, &stream, nil, $0) }
        return try ADBCStream(taking: &stream, of: self, connection)
    }
}
