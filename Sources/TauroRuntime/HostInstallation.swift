import Glibc
import TauroBasics

/// Where this program is, and so where the parts it was installed with are.
enum HostInstallation {
    /// Absolute path of the running executable.
    static var executable: String? { try? FileSystem.realPath("/proc/self/exe") }

    /// Directories that may hold vendor parts such as the DuckDB library, nearest first.
    ///
    /// They are the project's own, and those beside and above the executable, so that a build directory and an
    /// installed prefix (`<prefix>/lib/tauro`) both work from any working directory.
    static func libraryDirectories(project: String) -> [String] {
        var directories = [FilePath.join(project, ".tauro/vendor")]
        guard var directory = executable.map({ FilePath.parent($0) }) else { return directories }
        for _ in 0..<5 {
            directories.append(FilePath.join(directory, ".tauro/vendor"))
            directories.append(FilePath.join(directory, "lib/tauro"))
            directory = FilePath.parent(directory)
        }
        return directories
    }

    /// How many processors this process may use.
    static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
