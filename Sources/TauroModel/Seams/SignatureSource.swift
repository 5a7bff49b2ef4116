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
}

/// A file in a plugin directory that was not taken.
package struct PluginRefusal: Sendable, Hashable {
    /// Absolute path of the file.
    package let path: String
    /// What is wrong with it and what to do, in one sentence.
    package let reason: String
    /// The dotted names that would have been ambiguous, when that is why.
    package let duplicates: [String]

    package init(path: String, reason: String, duplicates: [String] = []) {
        self.path = path
        self.reason = reason
        self.duplicates = duplicates
    }
}
