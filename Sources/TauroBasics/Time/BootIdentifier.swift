/// Names the time between two starts of the machine.
package enum BootIdentifier {
    /// The kernel's name for this start of this machine; empty where it tells none.
    package static func current() -> String {
        let text = (try? FileSystem.readText("/proc/sys/kernel/random/boot_id")) ?? ""
        return String(text.prefix { !$0.isNewline })
    }
}
