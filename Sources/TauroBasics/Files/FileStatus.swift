import Glibc

/// Which file it is and in which state: what changes when a file is replaced, written to, or given other rights.
package struct FileStamp: Sendable, Hashable {
    package let device: UInt64
    package let inode: UInt64
    /// In bytes.
    package let size: UInt64
    /// When its content changed, in nanoseconds since 1970.
    package let modified: Int64
    /// When anything about it changed, in nanoseconds since 1970; nobody can set this one.
    package let changed: Int64

    package init(device: UInt64, inode: UInt64, size: UInt64, modified: Int64, changed: Int64) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

/// What the system knows of a file: what it is, whose it is, and who may do what.
package struct FileStatus: Sendable, Hashable {
    package let kind: FileKind
    package let stamp: FileStamp
    /// The user it belongs to.
    package let owner: UInt32
    /// The last twelve bits of its mode, for example `0o1777` of `/tmp`.
    package let permissions: UInt32

    package init(kind: FileKind, stamp: FileStamp, owner: UInt32, permissions: UInt32) {
        self.kind = kind
        self.stamp = stamp
        self.owner = owner
        self.permissions = permissions
    }

    fileprivate init(_ status: stat) {
        kind = FileKind(mode: status.st_mode)
        stamp = FileStamp(
            device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino),
            size: UInt64(max(0, status.st_size)),
            modified: FileStatus.nanoseconds(status.st_mtim),
            changed: FileStatus.nanoseconds(status.st_ctim)
        )
        owner = status.st_uid
        permissions = status.st_mode & 0o7777
    }

    /// Permissions as `chmod` takes them, for example `0755`.
    package static func mode(_ permissions: UInt32) -> String {
        let digits = String(permissions, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Wraps where a file's time is further away than 64 bits of nanoseconds reach: stamps are only compared.
    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

extension FileSystem {
    /// The status of what `path` names, with links followed.
    package static func fileStatus(of path: String) throws(SystemError) -> FileStatus {
        var status = stat()
        try SystemCall.check("look at", path) { stat(path, &status) }
        return FileStatus(status)
    }

    /// Has what `path` names say that its content changed now.
    package static func touch(_ path: String) throws(SystemError) {
        try SystemCall.check("set the time of", path) { utimensat(AT_FDCWD, path, nil, 0) }
    }

    /// The status of an open file; `path` is for the error.
    package static func fileStatus(ofOpen descriptor: Int32, _ path: String) throws(SystemError) -> FileStatus {
        var status = stat()
        try SystemCall.check("look at", path) { fstat(descriptor, &status) }
        return FileStatus(status)
    }
}
