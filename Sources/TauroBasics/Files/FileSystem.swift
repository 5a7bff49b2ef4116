import Glibc

/// What the house asks of the file system.
///
/// Every function blocks, is safe from any thread and throws `SystemError`.
package enum FileSystem {
    /// What `path` names, with links followed; nil where nothing is there.
    package static func kind(of path: String) throws(SystemError) -> FileKind? {
        try status(path, follow: true).map { FileKind(mode: $0.st_mode) }
    }

    /// What `path` itself names, a link where it is one; nil where nothing is there.
    package static func kindWithoutFollowing(_ path: String) throws(SystemError) -> FileKind? {
        try status(path, follow: false).map { FileKind(mode: $0.st_mode) }
    }

    /// Whether `path` names something that can be reached.
    ///
    /// An unreadable directory on the way counts as no.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether `path` names a directory.
    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && FileKind(mode: status.st_mode) == .directory
    }

    /// The size of a file in bytes.
    package static func size(of path: String) throws(SystemError) -> Int64 {
        var status = stat()
        try SystemCall.check("read the size of", path) { stat(path, &status) }
        return Int64(status.st_size)
    }

    /// The path with every symbolic link followed.
    ///
    /// The path must exist.
    package static func realPath(_ path: String) throws(SystemError) -> String {
        let resolved = try SystemCall.pointer("follow", path) { realpath(path, nil) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The process's working directory.
    package static func workingDirectory() throws(SystemError) -> String {
        let directory = try SystemCall.pointer("read the working directory", ".") { getcwd(nil, 0) }
        defer { free(directory) }
        return String(cString: directory)
    }

    /// The paths that match a wildcard pattern, sorted by bytes; empty where none does.
    ///
    /// A directory that can not be read is an error, not an absence of matches.
    package static func glob(_ pattern: String) throws(SystemError) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        let result = Glibc.glob(pattern, GLOB_ERR | GLOB_NOSORT, nil, &found)
        if result == GLOB_NOMATCH { return [] }
        if result != 0 {
            throw SystemError(operation: "list", path: pattern, code: result == GLOB_NOSPACE ? ENOMEM : EACCES)
        }
        let paths = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv?[$0].map { String(cString: $0) } }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The status of what `path` names, or nil where nothing is there.
    static func status(_ path: String, follow: Bool) throws(SystemError) -> stat? {
        var status = stat()
        do {
            try SystemCall.check("look at", path) { follow ? stat(path, &status) : lstat(path, &status) }
        } catch {
            if error.isMissingPath { return nil }
            throw error
        }
        return status
    }
}
