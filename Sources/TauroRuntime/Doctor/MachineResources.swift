import Glibc
import TauroBasics

/// What a machine lets this process use.
package struct MachineResources: Sendable {
    /// Processors that this process may use.
    package let processors: Int
    /// Bytes of memory that this process may use: the machine's, or what its control group allows.
    package let memory: Int64?
    /// Bytes of the machine's memory that are free, or can be freed at once.
    package let availableMemory: Int64?
    /// The directory that the disk's figures are of: the project's.
    package let directory: String
    /// Bytes of the disk, and those that are free for this user.
    package let disk: Int64?
    package let freeDisk: Int64?

    init(project: String) {
        processors = Processors.count
        memory = Self.usableMemory
        availableMemory = Self.memoryInformation("MemAvailable:")
        directory = project
        var status = statvfs()
        let isKnown = statvfs(project, &status) == 0
        disk = isKnown ? Int64(clamping: UInt64(status.f_blocks) * UInt64(status.f_frsize)) : nil
        freeDisk = isKnown ? Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize)) : nil
    }

    /// Bytes of memory that this process may use.
    static var usableMemory: Int64? {
        [memoryInformation("MemTotal:"), memoryLimit].compactMap(\.self).min()
    }

    /// A line of `/proc/meminfo`, such as `MemTotal:  16384 kB`, in bytes.
    private static func memoryInformation(_ label: String) -> Int64? {
        let lines = (try? FileSystem.readText("/proc/meminfo"))?.split(separator: "\n") ?? []
        let words = lines.first { $0.hasPrefix(label) }?.split(separator: " ")
        return words.flatMap { $0.count > 1 ? Int64($0[1]) : nil }.map { $0 * 1024 }
    }

    /// The limit of the control group (cgroup v2: `memory.max` holds bytes, or `max`).
    private static var memoryLimit: Int64? {
        (try? FileSystem.readText("/sys/fs/cgroup/memory.max")).flatMap { Int64($0.prefix { $0 != "\n" }) }
    }
}
