import Glibc
import Synchronization
import TauroModel

/// One in-memory database; closes when its last connection is gone.
///
/// Sendable because DuckDB's databases may be used from any thread, and the handle never changes before `deinit`.
final class DuckDBDatabase: @unchecked Sendable {
    let functions: DuckDBFunctions
    /// Frames that running queries scan.
    let frames: FrameRegistry
    /// Columns of text files that queries check.
    let checkedColumns = CheckedColumns()
    /// Kept, because what has the directory may go with it.
    private let temporaryDirectory: @Sendable () -> String?
    private var handle: Handle = nil
    private let loaded = Mutex<Set<DuckDBExtension>>([])
    private let introduced = Mutex<Set<RemoteAccess>>([])

    /// Opens a database with settings that no query can change, which goes to disk in a directory; nil keeps it in memory.
    init(
        _ functions: DuckDBFunctions,
        settings: [(name: String, value: String)],
        temporaryDirectory: @escaping @Sendable () -> String?
    ) throws(SQLError) {
        self.functions = functions
        self.temporaryDirectory = temporaryDirectory
        let settings = settings + [("temp_directory", temporaryDirectory() ?? "")]
        frames = FrameRegistry()
        var config: Handle = nil
        defer { functions.destroyConfig(&config) }
        guard functions.createConfig(&config) == DuckDBDatabase.success else {
            throw SQLError(.failed, "DuckDB gave no configuration")
        }
        for (name, value) in settings where functions.setConfig(config, name, value) != DuckDBDatabase.success {
            throw SQLError(
                .failed,
                "DuckDB \(DuckDBDatabase.version(functions)) refused the setting \(name) = \(value)"
            )
        }
        var message: UnsafeMutablePointer<CChar>?
        guard functions.openExt(nil, &handle, config, &message) == DuckDBDatabase.success else {
            defer { functions.free(message) }
            let reason = message.map { String(cString: $0) } ?? "no reason given"
            throw SQLError(.failed, "DuckDB could not open a database in memory: \(reason)")
        }
        try prepareForQueries()
    }

    deinit { DuckDBClosing(handle, functions, keeping: (frames, temporaryDirectory)).run() }

    /// A new connection, for one call.
    func connect() throws(SQLError) -> DuckDBConnection {
        var connection: Handle = nil
        guard functions.connect(handle, &connection) == DuckDBDatabase.success else {
            throw SQLError(.failed, "DuckDB gave no connection")
        }
        return DuckDBConnection(database: self, handle: connection)
    }

    /// Has an extension loaded by `body`, unless it is.
    func load(_ part: DuckDBExtension, _ body: () throws(SQLError) -> Void) throws(SQLError) {
        try loaded.withLock { loaded throws(SQLError) in
            if loaded.contains(part) { return }
            try body()
            loaded.insert(part)
        }
    }

    /// Has what a server wants to know made known by `body`, unless it is, under a number of its own.
    ///
    /// - Throws: `SQLError` where the same addresses are known with something else.
    func introduce(_ access: RemoteAccess, _ body: (Int) throws(SQLError) -> Void) throws(SQLError) {
        try introduced.withLock { introduced throws(SQLError) in
            if introduced.contains(access) { return }
            if introduced.contains(where: { $0.service == access.service && $0.scope == access.scope }) {
                throw SQLError(
                    .invalid,
                    "\(access.scope) is read with two different `storage_options`; give all its datasets the same"
                )
            }
            try body(introduced.count)
            introduced.insert(access)
        }
    }

    static let success: UInt32 = 0

    private static func version(_ functions: DuckDBFunctions) -> String {
        functions.libraryVersion().map { String(cString: $0) } ?? "of unknown version"
    }

    private func prepareForQueries() throws(SQLError) {
        let connection = try connect()
        // Only the part of DuckDB that knows time zones has this setting; a build without it stays in UTC anyway.
        try? connection.execute("SET GLOBAL TimeZone = 'UTC'")
        try connection.execute("SET GLOBAL lock_configuration = true")
        guard FrameScan.register(on: connection) else {
            throw SQLError(.failed, "DuckDB did not take the table function that scans frames")
        }
        guard PlainTextFunctions.register(on: connection) else {
            throw SQLError(.failed, "DuckDB did not take the functions that check texts")
        }
    }
}
