import Glibc

extension FileSystem {
    /// The names in a directory, sorted by bytes, without `.` and `..`.
    package static func list(_ directory: String) throws(SystemError) -> [String] {
        let stream = try SystemCall.pointer("list", directory) { opendir(directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemError(operation: "list", path: directory, code: errno) }
                return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }

    /// Makes a directory and those above it that are missing.
    ///
    /// One that exists is no error. New ones get `permissions`, without those that the process's mask takes away.
    package static func makeDirectories(_ path: String, permissions: UInt32 = 0o777) throws(SystemError) {
        if isDirectory(path) { return }
        do {
            try SystemCall.check("make the directory", path) { mkdir(path, permissions) }
        } catch {
            // Another thread or process may have made it in between.
            if error.code == EEXIST && isDirectory(path) { return }
            guard error.code == ENOENT else { throw error }
            let parent = FilePath.parent(path)
            if parent == path { throw error }
            try makeDirectories(parent, permissions: permissions)
            try makeLast(path, permissions)
        }
    }

    /// Makes one directory, in one that exists.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` when something is there already.
    package static func makeNewDirectory(_ path: String) throws(SystemError) {
        try SystemCall.check("make the directory", path) { mkdir(path, 0o777) }
    }

    /// Removes a file, or a directory with all that is in it.
    ///
    /// Links are removed, not followed; a path that is not there is no error.
    package static func removeTree(_ path: String) throws(SystemError) {
        guard let status = try status(path, follow: false) else { return }
        if FileKind(mode: status.st_mode) == .directory {
            for name in try list(path) { try removeTree(FilePath.join(path, name)) }
            try ignoringMissing { () throws(SystemError) in
                try SystemCall.check("remove", path) { rmdir(path) }
            }
        } else {
            try removeFile(path)
        }
    }

    /// Removes a directory if nothing is in it.
    ///
    /// One that holds something stays, and one that is not there is no error.
    package static func removeEmptyDirectory(_ path: String) throws(SystemError) {
        do {
            try SystemCall.check("remove", path) { rmdir(path) }
        } catch {
            if !error.isExistingPath && !error.isMissingPath { throw error }
        }
    }

    /// Removes a file or a link.
    ///
    /// A path that is not there is no error.
    package static func removeFile(_ path: String) throws(SystemError) {
        try ignoringMissing { () throws(SystemError) in
            try SystemCall.check("remove", path) { unlink(path) }
        }
    }

    private static func makeLast(_ path: String, _ permissions: UInt32) throws(SystemError) {
        do {
            try SystemCall.check("make the directory", path) { mkdir(path, permissions) }
        } catch {
            if error.code != EEXIST || !isDirectory(path) { throw error }
        }
    }

    private static func ignoringMissing(_ body: () throws(SystemError) -> Void) throws(SystemError) {
        do {
            try body()
        } catch {
            if error.code != ENOENT { throw error }
        }
    }
}
