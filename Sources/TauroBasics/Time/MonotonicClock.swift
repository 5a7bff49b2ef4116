import Glibc

/// Measures: time since some fixed moment, never jumping back.
///
/// For durations, delays and time limits.
///
/// Safe from any thread.
package protocol MonotonicClock: Sendable {
    /// Time since the clock's own beginning.
    func elapsedTime() -> Duration

    /// The same in nanoseconds.
    func nanoseconds() -> Int64
}

/// The system's monotonic clock.
///
/// It does not count while the machine sleeps.
package struct SystemMonotonicClock: MonotonicClock {
    package init() {}

    package func elapsedTime() -> Duration { .nanoseconds(nanoseconds()) }

    // A `Duration` has 128 bits, and taking it apart costs more than asking the system.
    package func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension MonotonicClock {
    /// Time since the clock's own beginning, in nanoseconds.
    package func nanoseconds() -> Int64 { elapsedTime().wholeNanoseconds }
}

extension Duration {
    /// The duration in nanoseconds, as far as they are whole; some 292 years at most.
    package var wholeNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
