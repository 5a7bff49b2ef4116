import Glibc

/// A file whose owner held a lock on it and is gone: open, and locked by this process instead.
///
/// Whoever has this object is the only one who has it, so that two processes never clear up the same file.
package final class AbandonedFile: Sendable {
    /// Whether a file has an owner.
    package enum Finding: Sendable {
        /// Its owner lives, or somebody else is clearing it up.
        case taken
        case abandoned(AbandonedFile)
        /// There is no plain file at the path, or there is none any more.
        case missing
    }

    /// The size in bytes when it was opened.
    package let size: Int64
    /// Whether the lock says that the owner is gone; false on a file system without locks.
    package let isLocked: Bool
    private let path: String
    private let descriptor: Int32

    private init(_ path: String, _ descriptor: Int32, size: Int64, isLocked: Bool) {
        self.path = path
        self.descriptor = descriptor
        self.size = size
        self.isLocked = isLocked
    }

    deinit { close(descriptor) }

    /// Looks at the file at `path`; never waits and follows no link.
    ///
    /// - Throws: `SystemError` when it can not be opened.
    package static func find(_ path: String) throws(SystemError) -> Finding {
        let opened: Int32
        do {
            opened = try SystemCall.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, operation: "read")
        } catch {
            if error.isMissingPath { return .missing }
            throw error
        }
        let locked = flock(opened, LOCK_EX | LOCK_NB) == 0
        if !locked && errno == EWOULDBLOCK {
            close(opened)
            return .taken
        }
        // Whoever had the lock before may have renamed or removed it.
        var status = stat()
        var named = stat()
        let isSame =
            fstat(opened, &status) == 0 && lstat(path, &named) == 0 && status.st_ino == named.st_ino
            && status.st_dev == named.st_dev
        guard isSame, FileKind(mode: status.st_mode) == .file else {
            close(opened)
            return .missing
        }
        return .abandoned(AbandonedFile(path, opened, size: Int64(status.st_size), isLocked: locked))
    }

    /// The first `count` bytes; fewer where the file is shorter.
    ///
    /// - Throws: `SystemError`.
    package func read(_ count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let start = filled
            let added = try SystemCall.check("read", path) {
                bytes.withUnsafeMutableBytes {
                    pread(descriptor, $0.baseAddress?.advanced(by: start), count - start, off_t(start))
                }
            }
            if added == 0 { break }
            filled += added
        }
        return Array(bytes.prefix(filled))
    }
}
