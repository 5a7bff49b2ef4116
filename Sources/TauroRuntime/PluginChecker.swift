import TauroBasics
package import TauroModel
import TauroPluginHost

/// Checks a plugin's file for its author.
package enum PluginChecker {
    /// Makes the checks of the file at `path`, which may be relative to where the process stands.
    ///
    /// - Throws: `ConfigurationError` for what is no file that can be read.
    package static func check(_ path: String) throws -> CheckReport {
        let real: String
        do throws(SystemError) {
            real = try FileSystem.realPath(FilePath.absolute(path, from: try FileSystem.workingDirectory()))
        } catch {
            throw StaticChecks.unreadable(path, "can not be read: \(error.text)")
        }
        return try StaticChecks().report(real)
    }
}
