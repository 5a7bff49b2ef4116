/// One plugin as a project's lock names it.
package struct LockedPlugin: Sendable, Hashable {
    /// The file: relative to the project where it is inside it, else absolute.
    package let path: String
    /// The name the plugin gives itself.
    package let name: String
    /// The version the plugin gives itself; empty if it gives none.
    package let version: String
    /// The version of the C ABI it was built for.
    package let abi: String
    /// Size of the file in bytes.
    package let size: Int64
    /// The digest of the file, in 64 hexadecimal digits.
    package let sha256: String
    /// The dotted names of its nodes, in the order of the file.
    package let nodes: [String]

    package init(
        path: String,
        name: String,
        version: String,
        abi: String,
        size: Int64,
        sha256: String,
        nodes: [String]
    ) {
        self.path = path
        self.name = name
        self.version = version
        self.abi = abi
        self.size = size
        self.sha256 = sha256
        self.nodes = nodes
    }
}

/// How the plugins that are there differ from those of a lock.
package enum LockDifference: Sendable, Hashable {
    /// The lock does not name it.
    case added(LockedPlugin)
    /// It is not among the plugins that were found.
    case removed(LockedPlugin)
    case changed(locked: LockedPlugin, found: LockedPlugin)

    /// The file as the lock names it or would name it.
    package var path: String {
        switch self {
        case .added(let plugin), .removed(let plugin), .changed(_, let plugin): plugin.path
        }
    }
}
