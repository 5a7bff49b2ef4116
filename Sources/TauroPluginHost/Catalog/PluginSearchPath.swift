import TauroBasics
package import TauroModel

/// The directories that plugins are looked for in, in order: the project's, the environment's, the system's.
package struct PluginSearchPath: Sendable {
    /// The environment variable that names further directories, with colons between.
    package static let variable = "TAURO_PLUGIN_PATH"

    /// Why directories that the environment names are not searched.
    package enum Disregard: Sendable {
        /// The call says so.
        case requested
        /// The program runs with more rights than whoever started it.
        case elevated

        var reason: String {
            switch self {
            case .requested: "not searched because of --no-env"
            case .elevated: "not searched because this program runs with more rights than whoever started it"
            }
        }
    }

    /// All directories, in the order of the search; some may be ignored.
    package let directories: [PluginDirectory]
    /// Components of the variable that are not used, and why.
    package let problems: [Diagnostic]

    /// The project's `plugins/`; the directories of its settings; the components of `TAURO_PLUGIN_PATH`; the user's own
    /// directory, as the XDG base directory specification places it; and the two of the system.
    ///
    /// - Parameters:
    ///   - project: Absolute path of the project.
    ///   - settings: Absolute paths that the project's settings name.
    ///   - environment: Environment variables by name.
    ///   - disregard: Why those variables count for nothing; nil where they count.
    package init(
        project: String,
        settings: [String] = [],
        environment: [String: String],
        disregard: Disregard? = nil
    ) {
        let reason = disregard?.reason
        let variable = PluginSearchPath.components(of: environment[PluginSearchPath.variable])
        directories =
            [PluginDirectory(FilePath.join(project, "plugins"), .project)]
            + settings.map { PluginDirectory($0, .settings) }
            + variable.directories.map { PluginDirectory($0, .variable, ignored: reason) }
            + PluginSearchPath.user(environment).map { PluginDirectory($0, .user, ignored: reason) }
            + ["/usr/local/lib/tauro/plugins", "/usr/lib/tauro/plugins"].map { PluginDirectory($0, .system) }
        problems = disregard == nil ? variable.problems : []
    }

    private static func components(of value: String?) -> (directories: [String], problems: [Diagnostic]) {
        var directories: [String] = []
        var problems: [Diagnostic] = []
        let components = value.map { $0.split(separator: ":", omittingEmptySubsequences: false) } ?? []
        for (index, component) in components.enumerated() {
            if FilePath.isAbsolute(String(component)) {
                directories.append(FilePath.normalized(String(component)))
            } else {
                problems.append(problem(component, index + 1))
            }
        }
        return (directories, problems)
    }

    /// The specification has a relative path ignored.
    private static func user(_ environment: [String: String]) -> [String] {
        UserDirectory.path("XDG_DATA_HOME", otherwise: ".local/share", environment)
            .map { [FilePath.join($0, "tauro/plugins")] } ?? []
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
