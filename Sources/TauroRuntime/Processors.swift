import Glibc
import TauroBasics

/// How many processors this process may use.
enum Processors {
    /// Those that its affinity allows, and no more than the quota of its control group.
    static var count: Int { max(1, min(allowed, quota ?? allowed)) }

    /// The bits of the mask that the kernel tells in `/proc/self/status`: `Cpus_allowed: 3`, in groups of 32 bits.
    private static var allowed: Int {
        let lines = (try? FileSystem.readText("/proc/self/status"))?.split(separator: "\n") ?? []
        let mask = lines.first { $0.hasPrefix("Cpus_allowed:") }?.split(separator: "\t").last
        let groups = mask?.split(separator: ",").compactMap { UInt32($0, radix: 16) } ?? []
        let bits = groups.reduce(0) { $0 + $1.nonzeroBitCount }
        return bits > 0 ? bits : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// The quota in whole processors (cgroup v2: `cpu.max` holds microseconds of a period, or `max`).
    private static var quota: Int? {
        guard let text = try? FileSystem.readText("/sys/fs/cgroup/cpu.max") else { return nil }
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 2, numbers[1] > 0 else { return nil }
        return Int((numbers[0] / numbers[1]).rounded(.up))
    }
}
