import TauroBasics
import TauroEngine
import TauroPluginHost

/// Where this program is, and so where the parts it was installed with are.
enum HostInstallation {
    /// Absolute path of the running executable.
    static var executable: String? { try? FileSystem.realPath("/proc/self/exe") }

    /// The environment variable that names the program where it can not be found.
    private static let programVariable = "TAURO_HOST_PROGRAM"

    /// The program `tauro-host`: this one, or the one beside a program that embeds the engine.
    ///
    /// - Parameter ignoringEnvironment: whether the variable that names it counts for nothing, as it does anyhow in a
    ///   program with more rights than whoever started it.
    /// - Returns: its absolute path; nil where it is not found.
    static func program(ignoringEnvironment: Bool = false) -> String? {
        let variables = ignoringEnvironment || ProcessEnvironment.isElevated ? [:] : ProcessEnvironment.variables()
        if let named = variables[programVariable], FilePath.isAbsolute(named) { return named }
        guard let executable else { return nil }
        let beside = FilePath.join(FilePath.parent(executable), "tauro-host")
        return FilePath.name(executable) == "tauro-host" || FileSystem.exists(beside) ? beside : nil
    }

    /// The embedded engine on a library that is held to the rules of trust, as plugins are; nothing is loaded yet.
    ///
    /// A checkout that is known otherwise is one whose parts are used too.
    static func engine(
        project: String,
        checkout: String? = nil,
        threads: Int,
        memoryLimit: Int64? = nil,
        temporaryDirectory: @escaping @Sendable () -> String? = { nil },
        ignoringEnvironment: Bool = false
    ) -> DuckDBEngine {
        DuckDBEngine(
            libraryDirectories: libraryDirectories(project: project, checkout: checkout),
            threads: threads,
            memoryLimit: memoryLimit,
            temporaryDirectory: temporaryDirectory,
            ignoringEnvironment: ignoringEnvironment,
            distrust: { TrustSurvey.distrust(ofFile: $0) }
        )
    }

    /// Where libraries of formats are found, held to the same rules.
    static func nativeParts(project: String, ignoringEnvironment: Bool = false) -> NativeParts {
        NativeParts(
            directories: libraryDirectories(project: project),
            ignoringEnvironment: ignoringEnvironment,
            distrust: { TrustSurvey.distrust(ofFile: $0) }
        )
    }

    /// Directories that may hold vendor parts such as the DuckDB library, nearest first.
    ///
    /// The project's own; that of the checkout, for a program in its build directory; and `../lib/tauro` beside an
    /// installed program. None depends on the working directory. A checkout that is known otherwise comes right after the
    /// project.
    static func libraryDirectories(project: String, checkout known: String? = nil) -> [String] {
        var directories = [project, known].compactMap(\.self).map { FilePath.join($0, vendorDirectory) }
        guard let program = executable.map({ FilePath.parent($0) }) else { return directories }
        if let checkout = checkout(above: program) { directories.append(FilePath.join(checkout, vendorDirectory)) }
        directories.append(FilePath.join(FilePath.parent(program), "lib/tauro"))
        return directories
    }

    private static let vendorDirectory = ".tauro/vendor"

    /// The directory whose build directory (`.build` or `.build-…`) the program is in.
    static func checkout(above program: String) -> String? {
        var directory = program
        while directory.count > 1 {
            if FilePath.name(directory).hasPrefix(".build") { return FilePath.parent(directory) }
            directory = FilePath.parent(directory)
        }
        return nil
    }
}
