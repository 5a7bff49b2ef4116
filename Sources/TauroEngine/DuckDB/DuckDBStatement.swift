import CDuckDB
import TauroBasics
import TauroModel

/// A prepared statement.
///
/// For one thread at a time.
final class DuckDBStatement {
    private let connection: DuckDBConnection
    private var handle: Handle
    private var functions: DuckDBFunctions { connection.functions }

    init(connection: DuckDBConnection, handle: Handle) {
        self.connection = connection
        self.handle = handle
    }

    deinit { functions.destroyPrepare(&handle) }

    /// Binds those of `parameters` that the text names, as values: none of them can become part of the text.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a name in the text that has no value.
    func bind(_ parameters: [(name: String, value: ParameterValue?)]) throws(SQLError) {
        let count = functions.parameterCount(handle)
        guard count > 0 else { return }
        for index in 1...count {
            let name = parameterName(index)
            // DuckDB does not tell `$X` from `$x`.
            guard let parameter = parameters.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                throw unknownParameter(name, among: parameters.map(\.name))
            }
            guard bind(parameter.value, at: index) == DuckDBDatabase.success else {
                throw SQLError(.invalid, "the value of $\(name) could not be bound")
            }
        }
    }

    private func parameterName(_ index: UInt64) -> String {
        guard let name = functions.parameterName(handle, index) else { return "\(index)" }
        defer { functions.free(name) }
        return String(cString: name)
    }

    private func unknownParameter(_ name: String, among names: [String]) -> SQLError {
        if Int(name) != nil {
            return SQLError(.invalid, "the query has a parameter without a name; write it as $name, not ? or $\(name)")
        }
        let hint = NearestName.nearest(to: name, in: names).map { "; did you mean $\($0)?" } ?? ""
        let list = names.isEmpty ? "none" : names.map { "$\($0)" }.joined(separator: ", ")
        return SQLError(.invalid, "the query names $\(name), but its parameters are: \(list)\(hint)")
    }

    private func bind(_ value: ParameterValue?, at index: UInt64) -> UInt32 {
        switch value {
        case nil: functions.bindNull(handle, index)
        case .int64(let number): functions.bindInt64(handle, index, number)
        case .float64(let number): functions.bindDouble(handle, index, number)
        case .bool(let flag): functions.bindBoolean(handle, index, flag)
        case .string(let text): functions.bindText(handle, index, text, UInt64(text.utf8.count))
        }
    }

    /// Starts the statement; its rows are computed as they are fetched.
    ///
    /// - Throws: `SQLError`; `.cancelled` if the token was cancelled before.
    func run(cancellation: CancellationToken) throws(SQLError) -> DuckDBResult {
        var pending: Handle = nil
        defer { functions.destroyPending(&pending) }
        guard functions.pendingStreaming(handle, &pending) == DuckDBDatabase.success else {
            throw SQLError(duckDB: functions.pendingError(pending))
        }
        // Creating the pending query forgets earlier interrupts, so the token is asked after it, not before.
        guard !cancellation.isCancelled else { throw .cancelled }
        let result = DuckDBResult(statement: self, functions: functions)
        do throws(SQLError) {
            try result.execute(pending)
        } catch {
            throw cancellation.isCancelled ? .cancelled : error
        }
        return result
    }
}
