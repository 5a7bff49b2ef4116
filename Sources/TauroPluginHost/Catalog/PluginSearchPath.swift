import TauroBasics
package import TauroModel

/// The directories that plugins are looked for in, from the project and from the environment.
package struct PluginSearchPath: Sendable {
    /// The environment variable that names further directories, with colons between.
    package static let variable = "TAURO_PLUGIN_PATH"

    /// Absolute paths, in the order of the search.
    package let directories: [String]
    /// Components of the variable that are not used, and why.
    package let problems: [Diagnostic]

    /// The project's `plugins/`, then the components of the environment variable.
    ///
    /// - Parameters:
    ///   - project: Absolute path of the project.
    ///   - environment: The value of `TAURO_PLUGIN_PATH`; nil if it is not set.
    package init(project: String, environment: String?) {
        var directories = [FilePath.join(project, "plugins")]
        var problems: [Diagnostic] = []
        let components = environment.map { $0.split(separator: ":", omittingEmptySubsequences: false) } ?? []
        for (index, component) in components.enumerated() {
            if FilePath.isAbsolute(String(component)) {
                directories.append(FilePath.normalized(String(component)))
            } else {
                problems.append(PluginSearchPath.problem(component, index + 1))
            }
        }
        self.directories = directories
        self.problems = problems
    }

    private static func problem(_ component: Substring, _ position: Int) -> Diagnostic {
        let found = component.isEmpty ? "is empty" : "is the relative path '\(component)'"
        return Diagnostic(
            .error,
            .configuration,
            "part \(position) of \(variable) \(found); expected an absolute directory",
            notes: ["what it would mean depends on the working directory, so it is not used"]
        )
    }
}
