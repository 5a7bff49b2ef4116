import TauroBasics

/// Where this program is, and so where the parts it was installed with are.
enum HostInstallation {
    /// Absolute path of the running executable.
    static var executable: String? { try? FileSystem.realPath("/proc/self/exe") }

    /// The environment variable that names the program where it can not be found.
    private static let programVariable = "TAURO_HOST_PROGRAM"

    /// Absolute path of the program `tauro-host`: this one, or the one beside a program that embeds the engine.
    static var program: String? {
        if let named = ProcessEnvironment.variables()[programVariable], FilePath.isAbsolute(named) { return named }
        guard let executable else { return nil }
        let beside = FilePath.join(FilePath.parent(executable), "tauro-host")
        return FilePath.name(executable) == "tauro-host" || FileSystem.exists(beside) ? beside : nil
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
