import Glibc

/// A file that one process adds to at the end, and that others read meanwhile.
///
/// It is locked for as long as this object lives, where the file system has locks; children of the process do not keep it
/// open. Safe from any thread; whoever calls keeps appends apart.
package final class AppendFile: Sendable {
    /// The path it was opened at, for errors.
    package let path: String
    /// Whether the lock keeps others away; false on a file system without locks.
    package let isLocked: Bool
    private let descriptor: Int32

    /// Opens a file and locks it without waiting; nil where somebody else has the lock.
    ///
    /// With `making` the file is made, and must not be there; without it must.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` or `isMissingPath` where that is not so.
    package init?(_ path: String, making: Bool) throws(SystemError) {
        let flags = O_RDWR | O_APPEND | O_NOFOLLOW | (making ? O_CREAT | O_EXCL : 0)
        let file = try SystemCall.open(path, flags, operation: making ? "make" : "open")
        let state = FileLock.take(file)
        if state == .held {
            close(file)
            return nil
        }
        self.path = path
        isLocked = state == .free
        descriptor = file
        try checkIsThere()
    }

    deinit { close(descriptor) }

    /// All that is in it.
    package func read() throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let start = bytes.count
            let wanted = max(try size() - start, 4096)
            bytes.append(contentsOf: repeatElement(0, count: wanted))
            let count = try SystemCall.check("read", path) {
                bytes.withUnsafeMutableBytes {
                    pread(descriptor, $0.baseAddress?.advanced(by: start), wanted, off_t(start))
                }
            }
            bytes.removeLast(wanted - count)
            if count == 0 { return bytes }
        }
    }

    /// Adds bytes at the end in one call of the system, and gives how many of them it took.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        try SystemCall.check("write", path) { write(descriptor, bytes.baseAddress, bytes.count) }
    }

    /// Cuts off what is beyond a size in bytes.
    package func truncate(to size: Int) throws(SystemError) {
        try SystemCall.check("cut", path) { ftruncate(descriptor, off_t(size)) }
    }

    /// Returns when what was written would outlive a loss of power.
    package func synchronize() throws(SystemError) {
        try SystemCall.check("synchronise", path) { fdatasync(descriptor) }
    }

    private func size() throws(SystemError) -> Int {
        var status = stat()
        try SystemCall.check("read the size of", path) { fstat(descriptor, &status) }
        return Int(status.st_size)
    }

    /// Whoever had the lock before may have removed the file.
    private func checkIsThere() throws(SystemError) {
        var status = stat()
        try SystemCall.check("look at", path) { fstat(descriptor, &status) }
        if status.st_nlink == 0 { throw SystemError(operation: "open", path: path, code: ENOENT) }
    }
}
