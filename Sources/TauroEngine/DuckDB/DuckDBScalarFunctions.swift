import TauroBasics

/// The functions that make and serve a function of one row's values.
struct DuckDBScalarFunctions: Sendable {
    let create: @convention(c) () -> Handle
    let destroy: @convention(c) (HandlePointer) -> Void
    let setName: @convention(c) (Handle, Text) -> Void
    let addParameter: @convention(c) (Handle, Handle) -> Void
    let setReturnType: @convention(c) (Handle, Handle) -> Void
    let setExtraInfo: @convention(c) (Handle, UnsafeMutableRawPointer?, DestroyCallback?) -> Void
    let setFunction: @convention(c) (Handle, ScalarCallback?) -> Void
    let register: @convention(c) (Handle, Handle) -> UInt32
    let extraInfo: @convention(c) (Handle) -> UnsafeMutableRawPointer?
    let setError: @convention(c) (Handle, Text) -> Void

    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        create = try library.find("create_scalar_function")
        destroy = try library.find("destroy_scalar_function")
        setName = try library.find("scalar_function_set_name")
        addParameter = try library.find("scalar_function_add_parameter")
        setReturnType = try library.find("scalar_function_set_return_type")
        setExtraInfo = try library.find("scalar_function_set_extra_info")
        setFunction = try library.find("scalar_function_set_function")
        register = try library.find("register_scalar_function")
        extraInfo = try library.find("scalar_function_get_extra_info")
        setError = try library.find("scalar_function_set_error")
    }
}
