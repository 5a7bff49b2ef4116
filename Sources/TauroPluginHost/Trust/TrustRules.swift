import TauroBasics

/// Whom a plugin's file and the directories above it must belong to, and who may write them.
///
/// Everything belongs to root or to the user who runs the host, and nobody else may write it: whoever can replace a
/// file or a directory on the way to it decides what code runs. A directory like `/tmp`, which belongs to root and lets
/// everybody make files but no one touch those of others, may stand above a plugin directory.
struct TrustRules {
    /// What a path is on the way to a plugin.
    enum Role {
        case plugin
        /// The directory it is in, where a file beside it may be loaded with it.
        case pluginDirectory
        case ancestor
    }

    /// The user who runs the host, besides root.
    let user: UInt32

    /// The rules that a path breaks.
    func problems(_ path: String, _ status: FileStatus, as role: Role) -> [TrustProblem] {
        var problems: [TrustProblem] = []
        if status.owner != 0 && status.owner != user {
            problems.append(.foreignOwner(path: path, owner: status.owner, user: user))
        }
        guard status.permissions & 0o022 != 0 else { return problems }
        let isShared = status.kind == .directory && status.owner == 0 && status.permissions & 0o1000 != 0
        switch (isShared, role) {
        case (true, .ancestor): break
        case (true, _): problems.append(.shared(path: path, permissions: status.permissions))
        case (false, _): problems.append(.writable(path: path, permissions: status.permissions))
        }
        return problems
    }
}
