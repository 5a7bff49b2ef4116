package import TauroBasics

/// A process that has, or had, a run in its hands: the one that began it, or one that resumed it.
package struct RunHost: Sendable, Hashable {
    /// Its process id.
    package let process: Int32
    /// The machine's name for the time since it was started, so that a process id of an earlier time is known as such.
    package let boot: String
    /// The machine's name for itself.
    package let machine: String
    /// The host's version.
    package let version: String
    /// When it took the run.
    package let beganAt: Timestamp

    package init(process: Int32, boot: String, machine: String, version: String, beganAt: Timestamp) {
        self.process = process
        self.boot = boot
        self.machine = machine
        self.version = version
        self.beganAt = beganAt
    }
}
