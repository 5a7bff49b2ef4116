import CDuckDB
import CTauro
import TauroModel

/// Up to 2,048 rows of a result, one vector a column; destroyed with the value.
///
/// A fetched chunk is flat: DuckDB has resolved constants, sequences and dictionaries in it (`QueryResult::Fetch`), so
/// every vector has one value a row.
struct DuckDBChunk: ~Copyable {
    private let handle: OpaquePointer
    private let functions: DuckDBFunctions
    /// The number of rows.
    let rowCount: Int

    init(_ handle: OpaquePointer, functions: DuckDBFunctions) {
        self.handle = handle
        self.functions = functions
        rowCount = Int(functions.chunkSize(handle))
    }

    deinit {
        var owned: Handle = handle
        functions.destroyChunk(&owned)
    }

    /// The column at `index`; valid no longer than the chunk.
    func vector(at index: Int) throws(SQLError) -> DuckDBVector {
        let vector = functions.arrow.chunkVector(handle, UInt64(index))
        guard let values = functions.vectorData(vector) else {
            throw SQLError(.failed, "DuckDB gave no values for column \(index) of a result")
        }
        return DuckDBVector(
            values: UnsafeRawPointer(values),
            validity: functions.vectorValidity(vector).map { UnsafePointer($0) },
            count: rowCount
        )
    }

    /// The chunk as DuckDB has it in Arrow; the caller releases it.
    func arrow(_ options: Handle) throws(SQLError) -> ArrowArray {
        var array = ArrowArray()
        if let message = functions.arrow.take(functions.arrow.chunkToArrow(options, handle, &array)) {
            throw SQLError(duckDB: message)
        }
        return array
    }
}
