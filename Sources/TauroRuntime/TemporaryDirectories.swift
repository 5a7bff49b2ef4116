import Glibc
import TauroBasics

/// Directories for what this process needs only while it runs, below `.tauro/tmp` of a project or where its settings say.
///
/// Their names begin with the process's id, so that another run can tell what a dead one left behind.
struct TemporaryDirectories {
    private let root: String

    /// `chosen` is the absolute directory that the project's settings name.
    init(project: String, chosen: String? = nil) {
        // A directory of our own: what else is in the chosen one is not ours to sweep.
        root = chosen.map { FilePath.join($0, "tauro-tmp") } ?? FilePath.join(project, ".tauro/tmp")
    }

    /// A path that no other process and no other call gets; nothing is made there yet.
    func fresh() -> String {
        FilePath.join(root, "\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 16))")
    }

    /// Removes what processes that are dead left behind.
    ///
    /// What can not be removed stays for the next time.
    func sweep() {
        for name in (try? FileSystem.list(root)) ?? [] {
            guard let owner = name.split(separator: "-").first.flatMap({ pid_t($0) }), owner != getpid() else {
                continue
            }
            if kill(owner, 0) != 0 && errno == ESRCH { try? FileSystem.removeTree(FilePath.join(root, name)) }
        }
    }
}
