import Glibc

/// Memory or a file mapped for reading, until the last reference is gone.
///
/// Sendable because the content does not change.
package final class MappedMemory: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer

    /// Maps all of `memory`; the mapping does not need the descriptor any more.
    package convenience init(_ memory: SealedMemory) throws(SystemError) {
        try self.init(memory.descriptor, position: 0, count: memory.byteCount, of: "of a frame")
    }

    /// Maps a part of a file that is there and never written again; `position` is a multiple of a page, `path` what errors
    /// call the file.
    init(_ descriptor: Int32, position: Int, count: Int, of path: String) throws(SystemError) {
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, off_t(position))
        guard let address, address != MAP_FAILED else {
            throw SystemError(operation: "map the memory", path: path, code: errno)
        }
        bytes = UnsafeRawBufferPointer(start: address, count: count)
    }

    /// Calls `body` with the bytes, on a page boundary.
    ///
    /// They stay there for as long as this mapping.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        defer { extendLifetime(self) }
        return try body(bytes)
    }

    deinit {
        if let address = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: address), bytes.count) }
    }
}
