import Glibc

/// Sealed memory mapped for reading, until the last reference is gone.
///
/// Sendable because the content can not change.
package final class MappedMemory: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer

    /// Maps all of `memory`; the mapping does not need the descriptor any more.
    package init(_ memory: SealedMemory) throws(SystemError) {
        guard memory.byteCount > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = mmap(nil, memory.byteCount, PROT_READ, MAP_SHARED, memory.descriptor, 0)
        guard let address, address != MAP_FAILED else {
            throw SystemError(operation: "map the memory", path: "of a frame", code: errno)
        }
        bytes = UnsafeRawBufferPointer(start: address, count: memory.byteCount)
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
