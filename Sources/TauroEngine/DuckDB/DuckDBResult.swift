import CDuckDB
import CTauro
import Glibc
import TauroData
import TauroModel

/// The rows of a running query, as chunks of 2,048.
///
/// For one thread at a time.
final class DuckDBResult {
    private let statement: DuckDBStatement
    private let functions: DuckDBFunctions
    private var result = tauro_duckdb_result()
    private var arrowOptions: Handle = nil

    init(statement: DuckDBStatement, functions: DuckDBFunctions) {
        self.statement = statement
        self.functions = functions
    }

    deinit {
        functions.arrow.destroyArrowOptions(&arrowOptions)
        functions.destroyResult(&result)
    }

    var failure: SQLError { SQLError(duckDB: functions.resultError(&result)) }

    /// Runs a pending query until its first rows are there.
    func execute(_ pending: Handle) throws(SQLError) {
        guard work(on: pending) else { throw SQLError(duckDB: functions.pendingError(pending)) }
        guard functions.executePending(pending, &result) == DuckDBDatabase.success else {
            // Where another thread failed last, the result only says that there is none.
            throw functions.pendingError(pending).map { SQLError(duckDB: $0) } ?? failure
        }
        arrowOptions = functions.arrow.resultArrowOptions(&result)
    }

    /// Does the query's tasks on this thread until its result is ready; false if it failed.
    ///
    /// While other threads have the last tasks it sleeps a little: DuckDB's own loop would spin, and take the processor
    /// from the very threads it waits for.
    private func work(on pending: Handle) -> Bool {
        while true {
            switch functions.executePendingTask(pending) {
            case DuckDBResult.notReady: continue
            case DuckDBResult.noTasks: usleep(100)
            case let state: return state == DuckDBResult.ready
            }
        }
    }

    // States of a pending query.
    private static let ready: UInt32 = 0
    private static let notReady: UInt32 = 1
    private static let noTasks: UInt32 = 3

    /// The next chunk, or nil after the last one.
    func fetch() throws(SQLError) -> DuckDBChunk? {
        guard let handle = functions.fetchChunk(result) else {
            if let message = functions.resultError(&result) { throw SQLError(duckDB: message) }
            return nil
        }
        return DuckDBChunk(handle, functions: functions)
    }

    /// The next chunk as DuckDB has it in Arrow, or nil after the last one; the caller releases it.
    func nextChunk() throws(SQLError) -> ArrowArray? {
        guard let chunk = try fetch() else { return nil }
        return try chunk.arrow(arrowOptions)
    }

    /// The columns' names, with the numbers of DuckDB's types.
    var columns: [(name: String, type: UInt32)] {
        (0..<functions.columnCount(&result)).map { index in
            var type = functions.columnType(&result, index)
            defer { functions.destroyType(&type) }
            return (
                functions.columnName(&result, index).map { String(cString: $0) } ?? "", functions.typeIdentifier(type)
            )
        }
    }

    /// The columns as DuckDB has them in Arrow.
    func arrowSchema() throws -> Schema {
        let count = functions.columnCount(&result)
        var types = (0..<count).map { functions.columnType(&result, $0) }
        defer { for index in types.indices { functions.destroyType(&types[index]) } }
        var names = (0..<count).map { functions.columnName(&result, $0) }
        var schema = ArrowSchema()
        let error = functions.arrow.toArrowSchema(arrowOptions, &types, &names, count, &schema)
        if let message = functions.arrow.take(error) { throw SQLError(duckDB: message) }
        defer { schema.release?(&schema) }
        return try Schema(importing: &schema)
    }
}

extension DuckDBResult {
    /// The text in the only column of the first row.
    func onlyText() throws(SQLError) -> String {
        guard var array = try nextChunk() else { throw SQLError(.failed, "DuckDB gave no row") }
        defer { array.release?(&array) }
        do {
            let batch = try RecordBatch(importing: &array, schema: try arrowSchema())
            return try batch.column(at: 0).values(as: String.self).first.flatMap { $0 } ?? ""
        } catch {
            throw SQLError(.failed, "DuckDB gave no text: \(error)")
        }
    }
}
