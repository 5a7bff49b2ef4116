import Glibc
import TauroBasics

/// Writes a new project to disk, into a directory that has nothing in it yet.
enum ScaffoldWriter {
    /// Writes all files below `directory`, an absolute path, which is made if it is missing.
    ///
    /// Nothing is overwritten. What others may write to, a host refuses to load plugins from: the directories are the
    /// user's alone to write, whatever the process's mask allows.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` for a directory that holds something, or a file in its place. What
    ///   was written until then is gone.
    static func write(_ files: [ScaffoldFile], into directory: String) throws(SystemError) {
        let mask = umask(0o022)
        umask(mask | 0o022)
        defer { umask(mask) }
        if try isTaken(directory) {
            throw SystemError(operation: "make a new project in", path: directory, code: EEXIST)
        }
        let missing = topmostMissing(directory)
        do throws(SystemError) {
            for file in files {
                let path = FilePath.join(directory, file.path)
                try FileSystem.makeDirectories(FilePath.parent(path))
                try FileSystem.writeAtomically(file.text, to: path)
            }
        } catch {
            remove(missing.map { [$0] } ?? content(of: directory))
            throw error
        }
    }

    private static func isTaken(_ directory: String) throws(SystemError) -> Bool {
        switch try FileSystem.kind(of: directory) {
        case nil: false
        case .directory: !(try FileSystem.list(directory).isEmpty)
        default: true
        }
    }

    /// The directory nearest to the root that has to be made; nil where all are there.
    private static func topmostMissing(_ directory: String) -> String? {
        guard !FileSystem.exists(directory) else { return nil }
        var missing = directory
        while missing != FilePath.parent(missing) && !FileSystem.exists(FilePath.parent(missing)) {
            missing = FilePath.parent(missing)
        }
        return missing
    }

    private static func content(of directory: String) -> [String] {
        ((try? FileSystem.list(directory)) ?? []).map { FilePath.join(directory, $0) }
    }

    /// The error that led here says more than one of cleaning up would.
    private static func remove(_ paths: [String]) {
        for path in paths { try? FileSystem.removeTree(path) }
    }
}
