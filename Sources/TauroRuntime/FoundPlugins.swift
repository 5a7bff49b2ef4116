import TauroBasics
import TauroConfig
package import TauroModel
import TauroPluginHost

/// The plugins that a project's runs can use, and everything the search for them saw.
package struct FoundPlugins: Sendable {
    let catalog: PluginCatalog
    /// What kept the search from being the one a run would make.
    package private(set) var warnings: [Diagnostic] = []
    /// Absolute directory of the project.
    private let project: String
    private let problems: [Diagnostic]

    /// Searches by what the settings and the environment say, and reads the project's lock.
    ///
    /// - Throws: `ConfigurationError` for a lock that can not be used.
    init(project: String, settings: GlobalSettings, ignoringEnvironmentPaths: Bool) throws {
        let lock = try ProjectLock.read(project: project)
        self.init(project, settings.pluginDirectories, lock, ignoringEnvironmentPaths)
    }

    private init(_ project: String, _ settings: [String], _ lock: ProjectLock?, _ ignoringEnvironmentPaths: Bool) {
        let requested: PluginSearchPath.Disregard? = ignoringEnvironmentPaths ? .requested : nil
        let path = PluginSearchPath(
            project: project,
            settings: settings,
            environment: ProcessEnvironment.variables(),
            disregard: ProcessEnvironment.isElevated ? .elevated : requested
        )
        self.project = project
        self.catalog = PluginCatalog.discover(path.directories, lock: lock)
        self.problems = path.problems + catalog.problems
    }

    /// Searches for a look at what is there: a project that can not be loaded, or whose lock can not be used, is looked
    /// at without, and that is a warning.
    package static func look(
        project: String,
        environment: String?,
        ignoringEnvironmentPaths: Bool
    ) throws -> FoundPlugins {
        let loaded = try load(project, environment)
        let project = try loaded.context?.projectDirectory ?? BaseExecutor.absolute(project)
        var warnings: [Diagnostic] = []
        if loaded.context == nil { warnings.append(warning(ofConfiguration: loaded.diagnostics)) }
        var lock: ProjectLock?
        do throws(ConfigurationError) {
            lock = try ProjectLock.read(project: project)
        } catch {
            warnings += error.diagnostics.map {
                Diagnostic(.warning, $0.kind, $0.message, at: $0.location, notes: $0.notes)
            }
        }
        let settings = loaded.context?.globalSettings.pluginDirectories ?? []
        var found = FoundPlugins(project, settings, lock, ignoringEnvironmentPaths)
        found.warnings = warnings
        return found
    }

    /// The node functions.
    package var functions: any SignatureSource { catalog }

    /// Everything that the search saw; reads every plugin whole where the project has a lock.
    package func survey() -> PluginSurvey { catalog.survey() }

    /// Checks that every directory that is named could be searched.
    ///
    /// - Throws: `ConfigurationError` with every finding.
    package func checkDirectories() throws {
        if !problems.isEmpty { throw ConfigurationError(operation: "search for plugins", diagnostics: problems) }
    }

    private static func load(_ project: String, _ environment: String?) throws -> ConfigLoader.Outcome {
        ConfigLoader.load(
            project: try BaseExecutor.location(project),
            environment: environment,
            environmentVariables: ProcessEnvironment.variables()
        )
    }

    private static func warning(ofConfiguration diagnostics: [Diagnostic]) -> Diagnostic {
        let errors = diagnostics.filter { $0.severity == .error }
        return Diagnostic(
            .warning,
            .configuration,
            "the project can not be loaded, so plugin directories that its settings name are not searched",
            notes: errors.first.map { [$0.message, "`tauro-host validate` says all that is wrong"] } ?? []
        )
    }
}

extension FoundPlugins {
    /// What became of a project's lock.
    package struct Locking: Sendable {
        /// Absolute path of the lock's file.
        package let path: String
        /// The plugins as they are, sorted by path.
        package let plugins: [LockedPlugin]
        /// What is otherwise than the lock says; nil where there is no lock, or it can not be read.
        package let differences: [LockDifference]?
        /// Whether the lock was written.
        package let isWritten: Bool
        /// Files that are not locked because they were not taken.
        package let refusals: [PluginRefusal]
    }

    /// Compares the plugins of a project with its lock; writes the lock where there is none, or where `update` says so.
    ///
    /// - Throws: `ConfigurationError`, `PluginError`, or `SystemError` when the lock can not be written.
    package static func lock(
        project: String,
        environment: String?,
        ignoringEnvironmentPaths: Bool,
        update: Bool
    ) throws -> Locking {
        let loaded = try load(project, environment)
        guard let context = loaded.context else {
            throw ConfigurationError(operation: "load the project \(project)", diagnostics: loaded.diagnostics)
        }
        let project = context.projectDirectory
        let settings = context.globalSettings
        // A lock that is no lock is just what an update mends.
        let lock = update ? try? ProjectLock.read(project: project) : try ProjectLock.read(project: project)
        let found = FoundPlugins(project, settings.pluginDirectories, lock, ignoringEnvironmentPaths)
        try found.checkDirectories()
        let current = try found.catalog.currentLock(project: project)
        let differences = lock?.lock.differences(to: current)
        let path = FilePath.join(project, PluginLock.fileName)
        let isWritten = lock == nil || update && differences != []
        if isWritten { try FileSystem.writeAtomically(current.text, to: path) }
        return Locking(
            path: path,
            plugins: current.plugins,
            differences: differences,
            isWritten: isWritten,
            refusals: found.catalog.refusals.filter(\.duplicates.isEmpty)
        )
    }
}
