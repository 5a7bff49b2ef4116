import Glibc

/// A directory that this process marks as in use, until the lock is let go of.
///
/// Safe from any thread. The system lets go of it when the process ends, however it ends. The lock stays with the
/// directory when that is renamed.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Locks a directory without waiting; nil where somebody else has the lock, or the directory was removed meanwhile.
    ///
    /// - Throws: `SystemError` when the directory can not be opened or its file system has no locks.
    package init?(_ path: String) throws(SystemError) {
        let opened: Int32
        do {
            opened = try SystemCall.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, operation: "lock")
        } catch {
            if error.isMissingPath { return nil }
            throw error
        }
        do {
            try SystemCall.check("lock", path) { flock(opened, LOCK_EX | LOCK_NB) }
            var status = stat()
            try SystemCall.check("lock", path) { fstat(opened, &status) }
            // Whoever had the lock before may have removed the directory under it.
            if status.st_nlink == 0 {
                close(opened)
                return nil
            }
        } catch {
            close(opened)
            if error.code == EWOULDBLOCK { return nil }
            throw error
        }
        self.descriptor = opened
    }

    deinit {
        close(descriptor)
    }
}
