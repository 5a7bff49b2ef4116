import Glibc

/// The lock of a whole file that goes with the open file, not with the process (fcntl(2), "Open file description locks").
///
/// The system lets go of it when the file is closed, however the process ends. It excludes another opening of the file in
/// the same process too. Anybody who may read the file can ask whether it is held, without taking it.
package enum FileLock {
    /// What is known of a file's lock.
    package enum State: Sendable, Hashable {
        case free
        case held
        /// The file system has no such locks.
        case unknown
    }

    /// Commands of fcntl, from linux/fcntl.h.
    private enum Command {
        static let get: Int32 = 36
        static let set: Int32 = 37
    }

    /// Whether somebody holds the lock of a file; `free` where there is no file.
    ///
    /// - Throws: `SystemError` when the file can not be opened.
    package static func state(of path: String) throws(SystemError) -> State {
        let file: Int32
        do {
            file = try SystemCall.open(path, O_RDONLY | O_NONBLOCK, operation: "read")
        } catch {
            if error.isMissingPath { return .free }
            throw error
        }
        defer { close(file) }
        // One that wants to read is in the way of whoever has the lock to write.
        var lock = wholeFile(F_RDLCK)
        guard fcntl(file, Command.get, &lock) == 0 else { return .unknown }
        return lock.l_type == Int16(F_UNLCK) ? .free : .held
    }

    /// Takes the lock of an open file without waiting: `free` when it was, `held` by somebody else, or `unknown`.
    static func take(_ file: Int32) -> State {
        var lock = wholeFile(F_WRLCK)
        if fcntl(file, Command.set, &lock) == 0 { return .free }
        return errno == EAGAIN || errno == EACCES ? .held : .unknown
    }

    private static func wholeFile(_ type: Int32) -> flock {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }
}
