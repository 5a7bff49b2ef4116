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
        guard let opened = try DirectoryLock.open(path) else { return nil }
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

    /// Makes a directory and locks it; nil where the path is taken, what is above it is not there, or it was removed before
    /// it was locked.
    ///
    /// - Throws: `SystemError` when the directory can not be made or locked.
    package convenience init?(making path: String) throws(SystemError) {
        do {
            try FileSystem.makeNewDirectory(path)
        } catch {
            if error.isExistingPath || error.isMissingPath { return nil }
            throw error
        }
        try self.init(path)
    }

    /// Locks what a path names once it is locked, and waits for whoever has it; nil where no directory is there.
    ///
    /// Waits in vain for nobody: a lock goes with the process that has it. The directory that is locked is the one that
    /// the path names then, even if another took its place while this waited.
    ///
    /// - Throws: `SystemError` when the directory can not be opened or its file system has no locks.
    package init?(waitingFor path: String) throws(SystemError) {
        while true {
            guard let opened = try DirectoryLock.open(path) else { return nil }
            do {
                try SystemCall.check("lock", path) { flock(opened, LOCK_EX) }
                if try DirectoryLock.isStill(opened, at: path) {
                    descriptor = opened
                    return
                }
            } catch {
                close(opened)
                throw error
            }
            close(opened)
        }
    }

    /// A descriptor of the directory; nil where none is there.
    private static func open(_ path: String) throws(SystemError) -> Int32? {
        do {
            return try SystemCall.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, operation: "lock")
        } catch {
            if error.isMissingPath { return nil }
            throw error
        }
    }

    private static func isStill(_ descriptor: Int32, at path: String) throws(SystemError) -> Bool {
        var status = stat()
        try SystemCall.check("lock", path) { fstat(descriptor, &status) }
        guard let there = try FileSystem.status(path, follow: false) else { return false }
        return there.st_dev == status.st_dev && there.st_ino == status.st_ino
    }

    deinit {
        close(descriptor)
    }
}
