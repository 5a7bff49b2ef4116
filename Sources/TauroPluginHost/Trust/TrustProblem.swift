import TauroBasics

/// Why a file or a directory on the way to it is not trusted.
enum TrustProblem: Hashable {
    /// It belongs to a user who is neither root nor the one who runs the host.
    case foreignOwner(path: String, owner: UInt32, user: UInt32)
    /// Others than its owner may write it.
    case writable(path: String, permissions: UInt32)
    /// It is a directory like `/tmp`, that everybody may put files into; nothing is loaded from there.
    case shared(path: String, permissions: UInt32)
    /// The system does not say whose it is; why, in its words.
    case unknown(path: String, reason: String)

    /// The rule that is broken, as a clause.
    var rule: String {
        switch self {
        case .foreignOwner(let path, let owner, let user):
            "\(path) belongs to user \(owner), expected root\(user == 0 ? "" : " or user \(user)")"
        case .writable(let path, let permissions):
            "\(path) is writable by \(TrustProblem.writers(permissions)) (mode \(FileStatus.mode(permissions))), "
                + "expected by its owner alone"
        case .shared(let path, let permissions):
            "\(path) is a directory that everybody may put files into (mode \(FileStatus.mode(permissions)))"
        case .unknown(let path, let reason):
            "nobody can say whose \(path) is: \(reason)"
        }
    }

    private static func writers(_ permissions: UInt32) -> String {
        switch permissions & 0o022 {
        case 0o020: "its group"
        case 0o002: "others"
        default: "its group and others"
        }
    }
}

extension [TrustProblem] {
    /// The rules that are broken, as the end of a sentence about the file.
    var reason: String { "is not trusted: " + map(\.rule).joined(separator: "; ") }

    /// The commands that mend it all, or what else to do.
    var cure: String {
        var owned: [String] = []
        var writable: [String] = []
        var user: UInt32 = 0
        for problem in self {
            switch problem {
            case .foreignOwner(let path, _, let expected):
                owned.append(ShellText.word(path))
                user = expected
            case .writable(let path, _): writable.append(ShellText.word(path))
            case .shared, .unknown: return "put it into a directory of your own, and name that"
            }
        }
        var commands: [String] = []
        if !owned.isEmpty {
            commands.append("\(user == 0 ? "chown root" : "sudo chown \(user)") \(owned.joined(separator: " "))")
        }
        if !writable.isEmpty { commands.append("chmod go-w \(writable.joined(separator: " "))") }
        return "if you trust it: \(commands.joined(separator: " && "))"
    }
}
