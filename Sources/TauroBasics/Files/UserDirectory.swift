/// The directories a user has for data, caches and the like.
///
/// Source: XDG Base Directory Specification 0.8.
package enum UserDirectory {
    /// The absolute path that `variable` holds, else the directory `fallback` in the user's home.
    ///
    /// A relative path counts for nothing, as the specification has it.
    ///
    /// - Returns: nil where neither is known.
    package static func path(
        _ variable: String,
        otherwise fallback: String,
        _ environment: [String: String]
    ) -> String? {
        if let path = environment[variable], FilePath.isAbsolute(path) { return FilePath.normalized(path) }
        guard let home = environment["HOME"], FilePath.isAbsolute(home) else { return nil }
        return FilePath.normalized(FilePath.join(home, fallback))
    }
}
