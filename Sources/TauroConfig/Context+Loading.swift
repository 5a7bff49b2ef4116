import TauroBasics
public import TauroModel

extension Context {
    /// Loads a project.
    ///
    /// Blocks while it reads; safe from any thread. Warnings are dropped; a caller who shows them uses `ConfigLoader`.
    ///
    /// - Parameters:
    ///   - project: where the files are.
    ///   - environment: the environment whose overlays apply, for example `dev`, `sandbox_ann` or `production`.
    ///   - dates: the days of the run, for `${start_date}` and `${end_date}`.
    ///   - environmentVariables: where `${NAME}` and `${secret:NAME}` are looked up; this process's unless given.
    /// - Returns: the configuration.
    /// - Throws: `ConfigurationError` with everything that was found.
    public static func load(
        project: ProjectLocation,
        environment: String? = nil,
        dates: DateWindow = DateWindow(),
        environmentVariables: [String: String]? = nil
    ) throws(ConfigurationError) -> Context {
        let outcome = ConfigLoader.load(
            project: project,
            environment: environment,
            dates: dates,
            environmentVariables: environmentVariables ?? ProcessEnvironment.variables()
        )
        if let context = outcome.context { return context }
        let path =
            switch project {
            case .directory(let path), .file(let path): path
            }
        throw ConfigurationError(operation: "load the project \(path)", diagnostics: outcome.diagnostics)
    }

    /// Loads a project from one file that has all sections.
    ///
    /// - Parameters:
    ///   - path: the file; relative paths in it are its directory's, or those of the directory above where it lies in a
    ///     directory `config`.
    ///   - environment: the environment whose overlays apply: files of the same name in directories beside it.
    ///   - dates: the days of the run, for `${start_date}` and `${end_date}`.
    /// - Returns: the configuration.
    /// - Throws: `ConfigurationError` with everything that was found.
    public static func loadFromFile(
        _ path: String,
        environment: String? = nil,
        dates: DateWindow = DateWindow()
    )
        throws(ConfigurationError) -> Context
    {
        try load(project: .file(path), environment: environment, dates: dates)
    }
}
