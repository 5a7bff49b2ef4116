@preconcurrency import CFFI
import Synchronization
import TauroModel

/// How one node function is called: the prepared libffi description of its arguments.
///
/// Owns what libffi points to.
///
/// Sendable because nothing of it changes after `init`; libffi only reads it while calling.
final class CallInterface: @unchecked Sendable {
    /// libffi may write to its own descriptions of types while it prepares.
    private static let preparing = Mutex(())

    /// The number of arguments.
    let count: Int
    private let description: UnsafeMutablePointer<ffi_cif>
    private let types: UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>

    /// Prepares calls of functions with this signature: `int32_t f(call, inputs…, dates, [ml], params…, out)`.
    ///
    /// - Throws: `NodeFailure` if libffi refuses.
    init(_ signature: NodeSignature) throws(NodeFailure) {
        count = signature.argumentCount
        let pointers = count - signature.parameters.count - 1
        types = .allocate(capacity: count)
        description = .allocate(capacity: 1)
        description.initialize(to: ffi_cif())
        types.initialize(repeating: ForeignType.pointer, count: count)
        for (index, parameter) in signature.parameters.enumerated() {
            types[pointers + index] = ForeignType.of(parameter.type)
        }
        let status = CallInterface.preparing.withLock { _ in
            ffi_prep_cif(description, FFI_DEFAULT_ABI, UInt32(count), ForeignType.int32, types)
        }
        guard status == FFI_OK else {
            throw NodeFailure(.internal, "libffi can not call '\(signature.name)' (status \(status.rawValue))")
        }
    }

    deinit {
        description.deallocate()
        types.deallocate()
    }

    /// Calls `function` and blocks until it returns.
    ///
    /// Any thread, several at once.
    func call(_ function: UnsafeRawPointer, _ memory: borrowing CallMemory) -> Int32 {
        precondition(memory.count == count, "the arguments of another signature")
        let entry = unsafeBitCast(function, to: (@convention(c) () -> Void).self)
        // libffi writes a whole `ffi_arg`, of which a function that returns int32_t sets the low half.
        var result: ffi_arg = 0
        ffi_call(description, entry, &result, memory.arguments)
        return Int32(truncatingIfNeeded: result)
    }
}

/// libffi's descriptions of the types that cross: its own global variables, only written to while a call is prepared.
private enum ForeignType {
    nonisolated(unsafe) static let pointer = withUnsafeMutablePointer(to: &ffi_type_pointer) { $0 }
    nonisolated(unsafe) static let int32 = withUnsafeMutablePointer(to: &ffi_type_sint32) { $0 }
    nonisolated(unsafe) private static let int64 = withUnsafeMutablePointer(to: &ffi_type_sint64) { $0 }
    nonisolated(unsafe) private static let float64 = withUnsafeMutablePointer(to: &ffi_type_double) { $0 }
    nonisolated(unsafe) private static let byte = withUnsafeMutablePointer(to: &ffi_type_uint8) { $0 }

    static func of(_ type: ParameterType) -> UnsafeMutablePointer<ffi_type> {
        switch type {
        case .int64: int64
        case .float64: float64
        case .bool: byte
        case .string: pointer
        }
    }
}
