import Glibc
import Synchronization

/// A file that is written once, from its beginning to its end, under a name of its own, and gets its name when it is whole.
///
/// Says what it holds without being read again. One that is never placed is removed with this object. Writing is for one thread
/// at a time.
package final class CopyFile: SpoolStore {
    private static let pageSize = sysconf(Int32(_SC_PAGESIZE))
    private static let padding = [UInt8](repeating: 0, count: pageSize)

    private struct Written {
        var size = 0
        var hash = XXH64()
        var isPlaced = false
    }

    private let path: String
    private let descriptor: Int32
    private let written = Mutex(Written())

    /// Makes an empty file that only this user may read, in the directory of `target`.
    package init(beside target: String) throws(SystemError) {
        path = FileSystem.temporaryPath(beside: target)
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
        descriptor = try SystemCall.open(path, flags, mode: 0o600, operation: "write")
    }

    deinit {
        close(descriptor)
        if !written.withLock({ $0.isPlaced }) { unlink(path) }
    }

    /// The size in bytes, and XXH64 of all of them.
    package var content: (size: Int64, digest: UInt64) {
        written.withLock { (Int64($0.size), $0.hash.finish()) }
    }

    package func append(_ pieces: [UnsafeRawBufferPointer]) throws(SystemError) -> Int {
        let rest = written.withLock { $0.size } % Self.pageSize
        if rest > 0 {
            let padding = Self.padding[..<(Self.pageSize - rest)]
            try padding.withUnsafeBytes { bytes in Result { () throws(SystemError) in try write(bytes) } }.get()
        }
        let start = written.withLock { $0.size }
        for piece in pieces { try write(piece) }
        return start
    }

    /// Adds bytes at the end, wherever that is.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        try SystemCall.writeAll(bytes, to: descriptor, path: path)
        written.withLock {
            $0.hash.update(bytes)
            $0.size += bytes.count
        }
    }

    package func map(_ position: Int, count: Int) throws(SystemError) -> MappedMemory {
        try MappedMemory(descriptor, position: position, count: count, of: path)
    }

    /// Puts what is written on the disk.
    package func synchronize() throws(SystemError) {
        try SystemCall.check("synchronise", path) { fsync(descriptor) }
    }

    /// Gives the file its name in one step.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` where another file has it.
    package func place(at target: String) throws(SystemError) {
        try FileSystem.renameWithoutReplacing(path, to: target)
        written.withLock { $0.isPlaced = true }
    }
}
