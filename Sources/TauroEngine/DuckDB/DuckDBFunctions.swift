import CDuckDB
import CTauro
import TauroBasics

typealias Handle = OpaquePointer?
typealias HandlePointer = UnsafeMutablePointer<OpaquePointer?>?
typealias Text = UnsafePointer<CChar>?
typealias ResultPointer = UnsafeMutablePointer<tauro_duckdb_result>?
typealias DestroyCallback = @convention(c) (UnsafeMutableRawPointer?) -> Void
typealias InfoCallback = @convention(c) (OpaquePointer?) -> Void
typealias ScanCallback = @convention(c) (OpaquePointer?, OpaquePointer?) -> Void
typealias ScalarCallback = @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> Void

/// The functions of DuckDB's C interface that this room calls, resolved once.
///
/// Immutable after `init`. A database, its connections, statements and results; who frees what is the library's rule:
/// what a function hands out is destroyed by the function of that name.
final class DuckDBFunctions: Sendable {
    /// The file they come from.
    let path: String
    let arrow: DuckDBArrowFunctions
    let scan: DuckDBScanFunctions
    let scalar: DuckDBScalarFunctions
    let libraryVersion: @convention(c) () -> Text
    let createConfig: @convention(c) (HandlePointer) -> UInt32
    let setConfig: @convention(c) (Handle, Text, Text) -> UInt32
    let destroyConfig: @convention(c) (HandlePointer) -> Void
    let openExt:
        @convention(c) (Text, HandlePointer, Handle, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> UInt32
    let close: @convention(c) (HandlePointer) -> Void
    let connect: @convention(c) (Handle, HandlePointer) -> UInt32
    let disconnect: @convention(c) (HandlePointer) -> Void
    let interrupt: @convention(c) (Handle) -> Void
    let free: @convention(c) (UnsafeMutableRawPointer?) -> Void
    let prepare: @convention(c) (Handle, Text, HandlePointer) -> UInt32
    let prepareError: @convention(c) (Handle) -> Text
    let destroyPrepare: @convention(c) (HandlePointer) -> Void
    let parameterCount: @convention(c) (Handle) -> UInt64
    let parameterName: @convention(c) (Handle, UInt64) -> UnsafeMutablePointer<CChar>?
    let bindBoolean: @convention(c) (Handle, UInt64, Bool) -> UInt32
    let bindInt64: @convention(c) (Handle, UInt64, Int64) -> UInt32
    let bindDouble: @convention(c) (Handle, UInt64, Double) -> UInt32
    let bindText: @convention(c) (Handle, UInt64, Text, UInt64) -> UInt32
    let bindNull: @convention(c) (Handle, UInt64) -> UInt32
    let pendingStreaming: @convention(c) (Handle, HandlePointer) -> UInt32
    let pendingError: @convention(c) (Handle) -> Text
    let executePendingTask: @convention(c) (Handle) -> UInt32
    let executePending: @convention(c) (Handle, ResultPointer) -> UInt32
    let destroyPending: @convention(c) (HandlePointer) -> Void
    let destroyResult: @convention(c) (ResultPointer) -> Void
    let resultError: @convention(c) (ResultPointer) -> Text
    let columnCount: @convention(c) (ResultPointer) -> UInt64
    let columnName: @convention(c) (ResultPointer, UInt64) -> Text
    let columnType: @convention(c) (ResultPointer, UInt64) -> Handle
    let fetchChunk: @convention(c) (tauro_duckdb_result) -> Handle
    let destroyChunk: @convention(c) (HandlePointer) -> Void
    let chunkSize: @convention(c) (Handle) -> UInt64
    let vectorData: @convention(c) (Handle) -> UnsafeMutableRawPointer?
    let vectorValidity: @convention(c) (Handle) -> UnsafeMutablePointer<UInt64>?
    let makeValidity: @convention(c) (Handle) -> Void
    let typeIdentifier: @convention(c) (Handle) -> UInt32
    let destroyType: @convention(c) (HandlePointer) -> Void

    /// Resolves every function.
    ///
    /// - Throws: `DynamicLibraryError` that names the first one the library does not have.
    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        path = library.path
        arrow = try DuckDBArrowFunctions(in: library)
        scan = try DuckDBScanFunctions(in: library)
        scalar = try DuckDBScalarFunctions(in: library)
        libraryVersion = try library.find("library_version")
        createConfig = try library.find("create_config")
        setConfig = try library.find("set_config")
        destroyConfig = try library.find("destroy_config")
        openExt = try library.find("open_ext")
        close = try library.find("close")
        connect = try library.find("connect")
        disconnect = try library.find("disconnect")
        interrupt = try library.find("interrupt")
        free = try library.find("free")
        prepare = try library.find("prepare")
        prepareError = try library.find("prepare_error")
        destroyPrepare = try library.find("destroy_prepare")
        parameterCount = try library.find("nparams")
        parameterName = try library.find("parameter_name")
        bindBoolean = try library.find("bind_boolean")
        bindInt64 = try library.find("bind_int64")
        bindDouble = try library.find("bind_double")
        bindText = try library.find("bind_varchar_length")
        bindNull = try library.find("bind_null")
        pendingStreaming = try library.find("pending_prepared_streaming")
        pendingError = try library.find("pending_error")
        executePendingTask = try library.find("pending_execute_task")
        executePending = try library.find("execute_pending")
        destroyPending = try library.find("destroy_pending")
        destroyResult = try library.find("destroy_result")
        resultError = try library.find("result_error")
        columnCount = try library.find("column_count")
        columnName = try library.find("column_name")
        columnType = try library.find("column_logical_type")
        fetchChunk = try library.find("fetch_chunk")
        destroyChunk = try library.find("destroy_data_chunk")
        chunkSize = try library.find("data_chunk_get_size")
        vectorData = try library.find("vector_get_data")
        vectorValidity = try library.find("vector_get_validity")
        makeValidity = try library.find("vector_ensure_validity_writable")
        typeIdentifier = try library.find("get_type_id")
        destroyType = try library.find("destroy_logical_type")
    }
}

extension DynamicLibrary {
    /// The function `duckdb_<name>`.
    func find<Function>(_ name: String) throws(DynamicLibraryError) -> Function {
        try function("duckdb_" + name, as: Function.self)
    }
}
