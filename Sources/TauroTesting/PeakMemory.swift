import TauroBasics

/// The most memory that a process had so far.
///
/// For code in a process of its own: what other tests take meanwhile counts too.
package enum PeakMemory {
    /// In bytes; the process is this one.
    package static func ofProcess() -> Int {
        let status = (try? FileSystem.readText("/proc/self/status")) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }
}
