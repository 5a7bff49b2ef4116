import ArgumentParser
import TauroRuntime

/// Whether the environment may name what code is loaded from.
struct EnvironmentPathOption: ParsableArguments {
    @Flag(help: "Ignore plugin directories, libraries and programs that environment variables name.")
    var noEnv = false
}

/// Whose plugins: shared by the verbs that look at plugins without running them.
struct PluginOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Directory of the project, or one file that holds all of it.", valueName: "dir"))
    var project = "."

    @Option(help: ArgumentHelp("Environment whose overlays apply.", valueName: "name"))
    var env: String?

    @OptionGroup var environmentPaths: EnvironmentPathOption

    /// Searches for plugins; warnings go to stderr.
    func look() throws -> FoundPlugins {
        let found = try FoundPlugins.look(
            project: project,
            environment: env,
            ignoringEnvironmentPaths: environmentPaths.noEnv
        )
        Report.standard.findings(found.warnings)
        return found
    }
}
