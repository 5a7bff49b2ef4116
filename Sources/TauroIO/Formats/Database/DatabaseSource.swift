import Synchronization
import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The rows of a table or a query in a database, read over a connection of its own for every stream.
///
/// Safe from any thread.
final class DatabaseSource: FrameSource {
    private let settings: DatabaseSettings
    private let sessions: DatabaseSessions
    private let engine: any Engine
    private let filter: ReadRequest.DateFilter?
    private let known = Mutex<Schema?>(nil)

    init(
        _ settings: DatabaseSettings,
        _ sessions: DatabaseSessions,
        engine: any Engine,
        filter: ReadRequest.DateFilter?
    ) {
        self.settings = settings
        self.sessions = sessions
        self.engine = engine
        self.filter = filter
    }

    /// Not known without reading.
    var rowCount: Int64? { nil }

    func schema() throws -> Schema {
        if let schema = known.withLock({ $0 }) { return schema }
        // Asking blocks, so it happens outside the lock; two threads may both do it, and find the same.
        let schema = try describingFailures(CancellationToken()) {
            let connection = try sessions.connectForReading(settings)
            return try head(on: connection)
        }
        known.withLock { $0 = schema }
        return schema
    }

    /// Finds out the columns without a row; SQLite has types only with its first rows.
    private func head(on connection: ADBCConnection) throws -> Schema {
        let query = try query(on: connection)
        let columns = try columns(of: query, on: connection)
        let conversion = ColumnConversion(arriving: columns, query, settings.dataset, engine: engine)
        return try conversion.schema(Schema(columns.fields.map(\.plain)))
    }

    private func columns(of query: DatabaseQuery, on connection: ADBCConnection) throws -> Schema {
        if settings.dialect == .sqlite {
            return try connection.query(query.text, options: settings.dialect.readingOptions).schema
        }
        // What is wrong with a query is told of the query as it is.
        try connection.prepare(query.text)
        if let columns = try connection.columns(of: query.text) { return columns }
        do { return try connection.query(query.emptyText).schema } catch is ADBCError {
            // One that can be no part of another, such as SHOW, has to be run.
            connection.rollback()
            return try connection.query(query.text).schema
        }
    }

    private func query(on connection: ADBCConnection) throws -> DatabaseQuery {
        if let problem = settings.query.flatMap(ReadingQuery.problem) {
            throw settings.failure(.unsupported, "\(settings.place) \(problem)")
        }
        if let table = settings.table, try !sessions.exists(table, settings, on: connection) {
            throw sessions.missing(table, settings, on: connection)
        }
        return try DatabaseQuery(settings, filter: filter, on: connection)
    }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        try describingFailures(cancellation) {
            let connection = try sessions.connectForReading(settings)
            return try connection.withCancellation(cancellation) {
                let query = try query(on: connection)
                let rows = try connection.query(query.text, options: settings.dialect.readingOptions)
                return try DatabaseStream(
                    rows,
                    ColumnConversion(arriving: rows.schema, query, settings.dataset, engine: engine),
                    cancellation
                ) { error, count in self.failure(error, cancellation, after: count) }
            }
        }
    }

    private func describingFailures<Result>(_ token: CancellationToken, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw failure(error, token, after: nil) }
    }

    /// What ended the reading, after so many rows; nil before there could be any.
    private func failure(_ error: any Error, _ token: CancellationToken, after rows: Int64?) -> any Error {
        if token.isCancelled { return settings.failure(.cancelled, "reading \(settings.place) was cancelled") }
        let words: String
        switch error {
        case is DatasetError, is ResourceError: return error
        case let error as SQLError where error.code == .missingEngine || error.code == .cancelled: return error
        case let error as SQLError: words = "\(error.message); another type in 'schema' may fit"
        case let error as ArrowError: words = "\(error)"
        default: words = "\(error)"
        }
        let place = rows.map { " after \($0) rows" } ?? ""
        let isChange =
            (error as? ADBCError)?.sqlState == "25006"
            || ["readonly database", "read-only transaction"].contains { !words.ranges(of: $0).isEmpty }
        let isRetyped = settings.dialect == .sqlite && !words.ranges(of: "Type mismatch").isEmpty
        let cure =
            isChange
            ? "; an input only reads"
            : isRetyped ? "; a column of a query needs values of one kind, as CAST(… AS TEXT) gives" : ""
        return settings.failure(.unreadable, "\(settings.place) can not be read\(place): \(words)\(cure)")
    }
}

/// The rows of one reading.
///
/// For one thread at a time.
private final class DatabaseStream: RecordBatchStream {
    let schema: Schema
    private let rows: ADBCStream
    private let plain: Schema
    private let conversion: ColumnConversion
    private let cancellation: CancellationToken
    private let failure: (any Error, Int64) -> any Error
    private var converted: ArraySlice<RecordBatch> = []
    private var count: Int64 = 0

    init(
        _ rows: ADBCStream,
        _ conversion: ColumnConversion,
        _ cancellation: CancellationToken,
        failure: @escaping (any Error, Int64) -> any Error
    ) throws {
        self.rows = rows
        plain = Schema(rows.schema.fields.map(\.plain))
        schema = try conversion.schema(plain)
        self.conversion = conversion
        self.cancellation = cancellation
        self.failure = failure
    }

    func next() throws -> RecordBatch? {
        do {
            while converted.isEmpty {
                if cancellation.isCancelled { throw ADBCError(message: "cancelled") }
                let connection = rows.connection
                guard let batch = try connection.withCancellation(cancellation, { try rows.next() }) else {
                    return nil
                }
                converted = try conversion.batches(RecordBatch(batch, schema: plain), cancellation)[...]
                count += Int64(batch.rowCount)
            }
            return converted.popFirst()
        } catch {
            throw failure(error, count)
        }
    }
}
