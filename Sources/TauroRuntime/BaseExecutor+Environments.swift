import TauroBasics
import TauroConfig
package import TauroModel

extension BaseExecutor {
    /// What is wrong in the files of a project's environments; nothing is run or searched.
    ///
    /// - Throws: `SystemError` where the working directory is gone.
    package static func environmentFindings(project: String) throws -> [Diagnostic] {
        ConfigLoader.checkEnvironments(
            of: try location(project),
            environmentVariables: ProcessEnvironment.variables()
        )
    }
}
