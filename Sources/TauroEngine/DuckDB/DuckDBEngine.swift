import Glibc
import Synchronization
import TauroBasics
import TauroData
package import TauroModel

/// The embedded engine: one DuckDB database in memory, loaded when it is first needed.
///
/// Safe from any thread; each call has a connection, and therefore tables, of its own.
package final class DuckDBEngine: Engine {
    package let name = "duckdb"
    let libraryDirectories: [String]
    /// The library that the environment names; nil where it names none, or counts for nothing.
    private let chosenLibrary: String?
    /// Whether places that only the environment knows count for nothing.
    let ignoresEnvironment: Bool
    let distrust: @Sendable (String) -> String?
    private let settings: [(name: String, value: String)]
    private let temporaryDirectory: @Sendable () -> String?
    let permits: WritePermits
    private let database = Mutex<DuckDBDatabase?>(nil)

    /// Creates an engine; nothing is loaded yet.
    ///
    /// - Parameters:
    ///   - libraryDirectories: where to look for the library, unless TAURO_DUCKDB_LIBRARY names it.
    ///   - threads: how many threads all queries together use.
    ///   - memoryLimit: bytes that queries may use before they go to disk; nil for DuckDB's own choice.
    ///   - temporaryDirectory: where they go to disk, asked when the library is loaded, and let go of when nothing is there
    ///     any more; nil keeps them in memory.
    ///   - ignoringEnvironment: whether TAURO_DUCKDB_LIBRARY counts for nothing, as it does anyhow in a program with more
    ///     rights than whoever started it.
    ///   - distrust: why the file at an absolute path without links must not be loaded, as the end of a sentence about it;
    ///     nil if it may.
    package init(
        libraryDirectories: [String],
        threads: Int,
        memoryLimit: Int64? = nil,
        temporaryDirectory: @escaping @Sendable () -> String? = { nil },
        ignoringEnvironment: Bool = false,
        distrust: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.libraryDirectories = libraryDirectories
        self.distrust = distrust
        permits = WritePermits(memoryLimit: memoryLimit)
        let isIgnored = ignoringEnvironment || ProcessEnvironment.isElevated
        ignoresEnvironment = isIgnored
        chosenLibrary = isIgnored ? nil : ProcessEnvironment.variables()["TAURO_DUCKDB_LIBRARY"]
        var settings = [
            ("threads", "\(max(1, threads))"), ("preserve_insertion_order", "true"),
            ("autoinstall_known_extensions", "false"), ("autoload_known_extensions", "false"),
            ("arrow_large_buffer_size", "false"), ("produce_arrow_string_view", "false"),
            ("arrow_output_list_view", "false"),
        ]
        self.temporaryDirectory = temporaryDirectory
        if let memoryLimit { settings.append(("memory_limit", "\(memoryLimit)B")) }
        self.settings = settings.map { (name: $0.0, value: $0.1) }
    }

    package func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame {
        if let dialect = statement.dialect, dialect != name {
            throw SQLError(.unsupported, "the query is written for '\(dialect)', but this run's engine is '\(name)'")
        }
        return try interruptible(cancellation) { connection in
            let check = try QueryCheck(text: statement.text, tables: statement.tables.map(\.name), on: connection)
            let used = statement.tables.filter { check.used.contains($0.name.lowercased()) }
            let leases = try used.flatMap { try connection.createView($0.name, of: $0.frame, cancellation) }
            let prepared = try connection.prepare(statement.text)
            try prepared.bind(statement.parameters)
            return try collect(prepared, leases: leases, statement.spool, cancellation)
        }
    }

    package func open(_ request: ReadRequest) throws -> Frame {
        // Not later, so that it is the dataset that can not be read where the part is missing.
        if let part = DuckDBExtension(reading: request.format) { try load(part) }
        if let access = request.access { try introduce(access) }
        return Frame(source: try StoredDataset(request, engine: self))
    }

    package func open(_ request: QueryRequest) throws -> Frame {
        Frame(source: try QueriedDataset(request, engine: self))
    }

    package func tables(readBy query: String) throws -> [String] {
        try QueryCheck.tables(readBy: query, on: try connect())
    }

    package func deliverable(
        _ frame: Frame,
        spool: FrameSpool?,
        cancellation: CancellationToken
    ) throws -> Frame {
        // The engine's own datasets have such types already.
        if case .source(is any SelectSource) = frame.content { return frame }
        if try frame.schema().fields.allSatisfy({ $0.type.isDeliverable }) { return frame }
        return try interruptible(cancellation) { connection in
            let leases = try connection.createView("rows", of: frame, cancellation)
            return try collect(try connection.prepare(#"SELECT * FROM "rows""#), leases: leases, spool, cancellation)
        }
    }

    /// A new connection to the database, which the first call opens.
    func connect() throws(SQLError) -> DuckDBConnection {
        try database.withLock { database throws(SQLError) in
            if let database { return database }
            let functions = try DuckDBLibrary.load(
                directories: libraryDirectories,
                chosen: chosenLibrary,
                distrust: distrust
            )
            let opened = try DuckDBDatabase(functions, settings: settings, temporaryDirectory: temporaryDirectory)
            database = opened
            return opened
        }.connect()
    }

    func interruptible<Result>(
        _ cancellation: CancellationToken,
        _ body: (DuckDBConnection) throws -> Result
    ) throws -> Result {
        guard !cancellation.isCancelled else { throw SQLError.cancelled }
        let connection = try connect()
        do {
            return try cancellation.withHandler({ connection.interrupt() }, { try body(connection) })
        } catch let error as ArrowError {
            throw SQLError(error.code == .unsupported ? .unsupported : .failed, error.message)
        }
    }

    func collect(
        _ prepared: DuckDBStatement,
        leases: [FrameLease],
        _ spool: FrameSpool?,
        _ cancellation: CancellationToken
    ) throws -> Frame {
        let stream = try QueryStream(
            try prepared.run(cancellation: cancellation),
            leases: leases,
            cancellation: cancellation
        )
        let collector = FrameCollector(schema: stream.schema, spool: spool)
        try collector.append(all: stream)
        return try collector.finish()
    }
}
