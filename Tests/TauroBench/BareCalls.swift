@preconcurrency import CFFI
import TauroBasics

/// A function of a plugin called without anything of the host: what the command path is compared with.
struct BareCalls {
    private typealias Function =
        @convention(c) (
            UnsafeRawPointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?
        ) -> Int32

    private let address: UnsafeMutableRawPointer

    /// Loads `plugin` and finds `symbol`, a node without inputs and parameters that looks at none of its arguments.
    init(plugin: String, symbol: String) throws {
        address = try DynamicLibrary(opening: plugin).symbol(symbol)
    }

    /// Nanoseconds of a call through the function's pointer.
    func pointer(runs: Int) -> Double {
        let function = unsafeBitCast(address, to: Function.self)
        return Stopwatch.nanoseconds(runs: runs) { _ = function(nil, nil, nil, nil) }
    }

    /// Nanoseconds of a call through libffi, everything prepared before.
    func libffi(runs: Int) -> Double {
        let entry = unsafeBitCast(address, to: (@convention(c) () -> Void).self)
        var types = [UnsafeMutablePointer<ffi_type>?](repeating: nil, count: 4)
        var slots = [UInt64](repeating: 0, count: 4)
        var description = ffi_cif()
        return withUnsafeMutablePointer(to: &ffi_type_pointer) { pointer in
            types = types.map { _ in pointer }
            return types.withUnsafeMutableBufferPointer { types in
                slots.withUnsafeMutableBytes { slots in
                    var arguments = (0..<4).map { slots.baseAddress?.advanced(by: 8 * $0) }
                    ffi_prep_cif(&description, FFI_DEFAULT_ABI, 4, &ffi_type_sint32, types.baseAddress)
                    return Stopwatch.nanoseconds(runs: runs) {
                        var result: ffi_arg = 0
                        ffi_call(&description, entry, &result, &arguments)
                    }
                }
            }
        }
    }
}
