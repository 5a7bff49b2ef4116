/// The directories that a dataset's files may lie in besides where its path plainly says.
///
/// A path in one of them may not lead out of all of them, be it by `..` or by a symbolic link. Nothing here touches the
/// file system.
public struct PathBounds: Sendable, Hashable {
    /// Absolute directories: the project's, those of `allowed_paths`, and for an output that of all outputs.
    package let directories: [String]

    /// Creates bounds; a directory of outputs that the project holds adds nothing.
    package init(project: String, allowed: [String], outputs: String? = nil) {
        let directories = [project] + allowed
        let isFurther = outputs.map { !PathBounds.contain($0, in: [project]) } ?? false
        self.directories = directories + (isFurther ? [outputs].compactMap(\.self) : [])
    }

    /// Whether an absolute path without `..` lies in one of the directories, as far as its text says.
    package func contain(_ path: String) -> Bool { PathBounds.contain(path, in: directories) }

    /// Whether an absolute path without `..` is one of the directories or below it.
    package static func contain(_ path: String, in directories: [String]) -> Bool {
        directories.contains { path == $0 || path.hasPrefix($0 == "/" ? "/" : $0 + "/") }
    }
}

extension Context {
    /// Where files of an output may lie.
    var outputBounds: PathBounds {
        PathBounds(
            project: projectDirectory,
            allowed: globalSettings.allowedPaths,
            outputs: globalSettings.outputPath
        )
    }
}
