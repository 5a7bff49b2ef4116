import TauroBasics

/// The functions that make and serve a table function.
struct DuckDBScanFunctions: Sendable {
    let createType: @convention(c) (UInt32) -> Handle
    let valueInt64: @convention(c) (Handle) -> Int64
    let destroyValue: @convention(c) (HandlePointer) -> Void
    let setChunkSize: @convention(c) (Handle, UInt64) -> Void
    let referenceVector: @convention(c) (Handle, Handle) -> Void
    let createTableFunction: @convention(c) () -> Handle
    let destroyTableFunction: @convention(c) (HandlePointer) -> Void
    let tableFunctionName: @convention(c) (Handle, Text) -> Void
    let tableFunctionParameter: @convention(c) (Handle, Handle) -> Void
    let tableFunctionExtraInfo: @convention(c) (Handle, UnsafeMutableRawPointer?, DestroyCallback?) -> Void
    let tableFunctionBind: @convention(c) (Handle, InfoCallback?) -> Void
    let tableFunctionInit: @convention(c) (Handle, InfoCallback?) -> Void
    let tableFunctionScan: @convention(c) (Handle, ScanCallback?) -> Void
    let tableFunctionProjects: @convention(c) (Handle, Bool) -> Void
    let registerTableFunction: @convention(c) (Handle, Handle) -> UInt32
    let bindExtraInfo: @convention(c) (Handle) -> UnsafeMutableRawPointer?
    let bindParameter: @convention(c) (Handle, UInt64) -> Handle
    let bindColumn: @convention(c) (Handle, Text, Handle) -> Void
    let bindData: @convention(c) (Handle, UnsafeMutableRawPointer?, DestroyCallback?) -> Void
    let bindCardinality: @convention(c) (Handle, UInt64, Bool) -> Void
    let bindError: @convention(c) (Handle, Text) -> Void
    let initBindData: @convention(c) (Handle) -> UnsafeMutableRawPointer?
    let initData: @convention(c) (Handle, UnsafeMutableRawPointer?, DestroyCallback?) -> Void
    let initColumnCount: @convention(c) (Handle) -> UInt64
    let initColumnIndex: @convention(c) (Handle, UInt64) -> UInt64
    let initMaxThreads: @convention(c) (Handle, UInt64) -> Void
    let scanInitData: @convention(c) (Handle) -> UnsafeMutableRawPointer?
    let scanError: @convention(c) (Handle, Text) -> Void

    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        createType = try library.find("create_logical_type")
        valueInt64 = try library.find("get_int64")
        destroyValue = try library.find("destroy_value")
        setChunkSize = try library.find("data_chunk_set_size")
        referenceVector = try library.find("vector_reference_vector")
        createTableFunction = try library.find("create_table_function")
        destroyTableFunction = try library.find("destroy_table_function")
        tableFunctionName = try library.find("table_function_set_name")
        tableFunctionParameter = try library.find("table_function_add_parameter")
        tableFunctionExtraInfo = try library.find("table_function_set_extra_info")
        tableFunctionBind = try library.find("table_function_set_bind")
        tableFunctionInit = try library.find("table_function_set_init")
        tableFunctionScan = try library.find("table_function_set_function")
        tableFunctionProjects = try library.find("table_function_supports_projection_pushdown")
        registerTableFunction = try library.find("register_table_function")
        bindExtraInfo = try library.find("bind_get_extra_info")
        bindParameter = try library.find("bind_get_parameter")
        bindColumn = try library.find("bind_add_result_column")
        bindData = try library.find("bind_set_bind_data")
        bindCardinality = try library.find("bind_set_cardinality")
        bindError = try library.find("bind_set_error")
        initBindData = try library.find("init_get_bind_data")
        initData = try library.find("init_set_init_data")
        initColumnCount = try library.find("init_get_column_count")
        initColumnIndex = try library.find("init_get_column_index")
        initMaxThreads = try library.find("init_set_max_threads")
        scanInitData = try library.find("function_get_init_data")
        scanError = try library.find("function_set_error")
    }
}
