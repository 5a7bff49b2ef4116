import TauroBasics
import TauroConfig
package import TauroModel

/// A project's configuration as it is in effect, for people who look at it; nothing is run or searched.
///
/// Belongs to one thread.
package struct ProjectConfiguration {
    /// What the files gave reason to warn of.
    package let warnings: [Diagnostic]
    private let inspector: ConfigInspector

    /// Loads a project's configuration.
    ///
    /// - Throws: `ConfigurationError` with every finding.
    package static func open(project: String, environment: String?, dates: DateWindow) throws -> ProjectConfiguration {
        let loaded = ConfigLoader.inspect(
            project: try BaseExecutor.location(project),
            environment: environment,
            dates: dates,
            environmentVariables: ProcessEnvironment.variables()
        )
        guard let inspector = loaded.inspector else {
            throw ConfigurationError(operation: "load the project \(project)", diagnostics: loaded.diagnostics)
        }
        return ProjectConfiguration(warnings: loaded.diagnostics, inspector: inspector)
    }

    /// All sections, each under its documented name.
    package var sections: ConfigValue { inspector.sections }

    /// What the value of a key such as `nodes.extract.isolation` is, and everything that sets it.
    ///
    /// `pipeline` is the pipeline that a node's keys inherit from; its only one unless said.
    /// - Throws: `ConfigurationError` for a key or pipeline that the project does not have.
    package func explain(_ key: String, pipeline: String?) throws -> ConfigExplanation {
        try inspector.explain(key, pipeline: pipeline)
    }
}
