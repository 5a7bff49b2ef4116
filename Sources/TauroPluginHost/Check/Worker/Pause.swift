import Glibc

/// Waiting on a thread of the host's own.
enum Pause {
    static func milliseconds(_ count: UInt32) { usleep(count * 1000) }
}
