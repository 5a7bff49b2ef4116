import Glibc
import TauroBasics

/// Writes a new project to disk, into a directory that has nothing in it yet.
enum ScaffoldWriter {
    /// Writes all files below `directory`, which is made if it is missing.
    ///
    /// Nothing is overwritten. What others may write to, a host refuses to load plugins from: the directories are the
    /// user's alone to write, whatever the process's mask allows.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` for a directory that holds something, or a file in its place.
    static func write(_ files: [ScaffoldFile], into directory: String) throws(SystemError) {
        let mask = umask(0o022)
        umask(mask | 0o022)
        defer { umask(mask) }
        if try isTaken(directory) {
            throw SystemError(operation: "make a new project in", path: directory, code: EEXIST)
        }
        for file in files {
            let path = FilePath.join(directory, file.path)
            try FileSystem.makeDirectories(FilePath.parent(path))
            try FileSystem.writeAtomically(file.text, to: path)
        }
    }

    private static func isTaken(_ directory: String) throws(SystemError) -> Bool {
        switch try FileSystem.kind(of: directory) {
        case nil: false
        case .directory: !(try FileSystem.list(directory).isEmpty)
        default: true
        }
    }
}
