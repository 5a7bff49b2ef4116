/// Knows every node function there is, without having loaded one.
package protocol SignatureSource: Sendable {
    /// The signature of the function called `name`.
    func signature(named name: String) -> NodeSignature?
    /// All names there are, sorted.
    var names: [String] { get }
    /// Absolute directories that were searched, in order.
    var searchedDirectories: [String] { get }
    /// Files that look like plugins and were not taken, each with the reason.
    var refusals: [PluginRefusal] { get }
    /// What the project's lock says about a plugin that was taken.
    ///
    /// Reads the whole file where there is a lock.
    func lockState(of plugin: NodeSignature.Plugin) -> PluginLockState
}

/// A file in a plugin directory that was not taken.
package struct PluginRefusal: Sendable, Hashable {
    /// Absolute path of the file.
    package let path: String
    /// What is wrong with it, as the end of a sentence about the file.
    package let reason: String
    /// What to do.
    package let cure: String
    /// The dotted names that would have been ambiguous, when that is why.
    package let duplicates: [String]
    /// The dotted names of its nodes, when the file is a plugin that is only not trusted; nil when that is not why.
    package let untrusted: [String]?

    package init(
        path: String,
        reason: String,
        cure: String,
        duplicates: [String] = [],
        untrusted: [String]? = nil
    ) {
        self.path = path
        self.reason = reason
        self.cure = cure
        self.duplicates = duplicates
        self.untrusted = untrusted
    }

    /// Reason and cure as the end of a sentence about the file.
    package var sentence: String { "\(reason); \(cure)" }
}

/// What a project's lock says about a plugin's file.
package enum PluginLockState: Sendable, Hashable {
    /// The project has no lock.
    case noLock
    /// The file has the locked digest.
    case matches(sha256: String)
    /// The file has another digest than the locked one.
    case differs(locked: String, found: String)
    /// The lock does not name the file.
    case unlisted(found: String)
    /// The file could not be read to its end; why, as the end of a sentence about it.
    case unreadable(String)
}
