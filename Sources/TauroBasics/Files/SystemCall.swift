import Glibc

/// The one place through which this room's file operations reach the system: repeats what a signal interrupted and
/// turns every failure into a `SystemError`.
package enum SystemCall {
    /// Runs `body` until it is not interrupted.
    ///
    /// - Throws: `SystemError` when `body` returns a negative number, with `errno` read at once.
    @discardableResult
    static func check<Result: SignedInteger>(
        _ operation: String,
        _ path: String,
        _ body: () -> Result
    )
        throws(SystemError) -> Result
    {
        while true {
            let result = body()
            if result >= 0 { return result }
            let code = errno
            if code != EINTR { throw SystemError(operation: operation, path: path, code: code) }
        }
    }

    /// Writes all of `bytes`, however many steps that takes.
    ///
    /// - Throws: `SystemError` that says `operation` and `path`; a part may be written then.
    package static func writeAll(
        _ bytes: UnsafeRawBufferPointer,
        to descriptor: Int32,
        operation: String = "write",
        path: String
    ) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = try check(operation, path) { write(descriptor, part.baseAddress, part.count) }
            rest = rest.dropFirst(count)
        }
    }

    /// Runs `body` once and wants a pointer from it.
    ///
    /// - Throws: `SystemError` when `body` returns nil.
    static func pointer<Pointee>(
        _ operation: String,
        _ path: String,
        _ body: () -> Pointee?
    ) throws(SystemError)
        -> Pointee
    {
        guard let result = body() else { throw SystemError(operation: operation, path: path, code: errno) }
        return result
    }

    /// Opens a file, always with close-on-exec.
    static func open(
        _ path: String,
        _ flags: Int32,
        mode: mode_t = 0o666,
        operation: String
    ) throws(SystemError)
        -> Int32
    {
        try check(operation, path) { Glibc.open(path, flags | O_CLOEXEC, mode) }
    }
}
