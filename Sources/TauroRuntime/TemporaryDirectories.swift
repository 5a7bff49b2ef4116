import Glibc
import TauroBasics
import TauroModel

/// Where directories are for what a process needs only while it runs: below `.tauro/tmp` of a project or where its settings
/// say.
struct TemporaryDirectories: Sendable {
    /// A directory that was made.
    struct Made: Sendable {
        let path: String
        let lock: DirectoryLock
        /// What goes with the last directory in it, the nearest first.
        let above: [String]
    }

    private static let attempts = 100

    /// The absolute directory that the settings name.
    private let chosen: String?
    private let root: String

    /// `chosen` is the absolute directory that the project's settings name.
    init(project: String, chosen: String? = nil) {
        self.chosen = chosen
        // A directory of our own: what else is in the chosen one is not ours to sweep, and others have theirs there.
        root = chosen.map { FilePath.join($0, "tauro-tmp-\(geteuid())") } ?? FilePath.join(project, ".tauro/tmp")
    }

    /// Makes sure that nobody else has a hand in what is put there.
    func check() throws(ResourceError) {
        var status = stat()
        guard chosen != nil, lstat(root, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() { return }
        throw ResourceError(
            operation: "use temp_directory",
            message:
                "\(root) is not a directory of this user's, so no temporary files are put there: remove it, or name "
                + "another `temp_directory`"
        )
    }

    /// Makes a directory that no other process and no other call gets, and locks it.
    func make() throws -> Made {
        try check()
        let above = chosen == nil ? [root, FilePath.parent(root)] : [root]
        for _ in 0..<Self.attempts {
            if let chosen { try FileSystem.makeDirectories(chosen) }
            try FileSystem.makeDirectories(root, permissions: chosen == nil ? 0o777 : 0o700)
            let path = unmade()
            if let lock = try DirectoryLock(making: path) { return Made(path: path, lock: lock, above: above) }
        }
        throw SystemError(operation: "make a directory in", path: root, code: EAGAIN)
    }

    /// A path that no other process and no other call gets; nothing is made there.
    func unmade() -> String { FilePath.join(root, String(UInt64.random(in: .min ... .max), radix: 16)) }

    /// Removes what processes that are dead left behind: what nobody has locked.
    ///
    /// What can not be removed stays for the next time.
    ///
    /// - Returns: the paths that were removed.
    @discardableResult
    func sweep() -> [String] {
        let paths = ((try? FileSystem.list(root)) ?? []).map { FilePath.join(root, $0) }
        return paths.filter { path in
            guard let lock = try? DirectoryLock(path) else { return false }
            return withExtendedLifetime(lock) { (try? FileSystem.removeTree(path)) != nil }
        }
    }
}
