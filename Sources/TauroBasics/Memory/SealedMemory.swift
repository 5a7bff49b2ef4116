import Glibc

/// Memory behind a file descriptor whose content and size can never change again, so that processes that do not trust
/// each other can share it: what was checked once stays true.
///
/// Owns the descriptor. Safe from any thread. See memfd_create(2) and, on seals, fcntl(2).
package final class SealedMemory: Sendable {
    private static let allSeals: Int32 = 0x1 | 0x2 | 0x4 | 0x8  // SEAL, SHRINK, GROW, WRITE
    private static let addSeals: Int32 = 1033
    private static let getSeals: Int32 = 1034
    private static let closeOnExec: UInt32 = 0x1
    private static let allowSealing: UInt32 = 0x2
    private static let notExecutable: UInt32 = 0x8

    /// The descriptor, closed on exec.
    package let descriptor: Int32
    /// Size in bytes.
    package let byteCount: Int

    /// Makes memory that holds `pieces` one after another.
    ///
    /// The pieces are written, not mapped: memory that is short gives an error instead of a signal.
    ///
    /// - Parameters:
    ///   - name: what `/proc` shows.
    ///   - pieces: the content; empty ones are passed over.
    /// - Throws: `SystemError` where memory is short, or the system has none of this kind.
    package init(_ name: String, _ pieces: [UnsafeRawBufferPointer]) throws(SystemError) {
        let descriptor = try SealedMemory.create(name)
        do throws(SystemError) {
            for piece in pieces {
                try SystemCall.writeAll(piece, to: descriptor, operation: "fill the memory", path: name)
            }
            try SystemCall.check("seal the memory", name) { fcntl(descriptor, Self.addSeals, Self.allSeals) }
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.byteCount = pieces.reduce(0) { $0 + $1.count }
    }

    /// Takes over a descriptor that another process sent.
    ///
    /// - Throws: `SystemError`, with EPERM, if it is anything but sealed memory of at most `limit` bytes; the descriptor is
    ///   closed then.
    package init(taking descriptor: Int32, limit: Int) throws(SystemError) {
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        let seals = fcntl(descriptor, Self.getSeals)
        guard isKnown, seals >= 0, seals & Self.allSeals == Self.allSeals, status.st_size <= limit else {
            close(descriptor)
            throw SystemError(operation: "accept the memory", path: "of another process", code: EPERM)
        }
        self.descriptor = descriptor
        self.byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    private static func create(_ name: String) throws(SystemError) -> Int32 {
        guard let memfdCreate = GNUFunctions.memfdCreate else {
            throw SystemError(operation: "make the memory", path: name, code: ENOSYS)
        }
        let flags = closeOnExec | allowSealing
        // Kernels before 6.3 do not know memory that can not be executed; everything else must hold there too.
        let descriptor = memfdCreate(name, flags | notExecutable)
        if descriptor >= 0 || errno != EINVAL {
            return try SystemCall.check("make the memory", name) { descriptor }
        }
        return try SystemCall.check("make the memory", name) { memfdCreate(name, flags) }
    }
}
