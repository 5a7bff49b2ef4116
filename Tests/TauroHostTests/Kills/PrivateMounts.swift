import Foundation
import Glibc

/// Scripts that mount file systems which nobody else sees, and which are gone with them.
enum PrivateMounts {
    /// What lets a script mount: rights, or a user namespace of root's own; nil where the system allows neither.
    private static let command: [String]? = {
        let ways = [["--mount"], ["--mount", "--user", "--map-root-user"]]
        // In a namespace of another user's, root's directories would belong to nobody, and no plugin below them be trusted.
        guard geteuid() == 0 else { return nil }
        return ways.first { way in
            let probe = way + ["/bin/sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
            return (try? HostProcess.start("/usr/bin/unshare", probe))?.status == 0
        }
    }()

    /// Whether this machine lets the tests mount; in a container without rights it may not.
    static var arePossible: Bool { command != nil }

    /// Runs a script of bash with its arguments, `$1` and so on; `$host` is the host.
    static func run(_ script: String, _ arguments: [String], environment: [String: String]) throws -> HostProcess.Result
    {
        let shell = ["/bin/bash", "-euc", script, "bash"] + arguments
        let all = environment.merging(["host": HostProcess.executable]) { _, new in new }
        return try HostProcess.start("/usr/bin/unshare", (command ?? []) + shell, environment: all)
    }
}
