import Glibc

/// Tells what time it is for people: timestamps of journals and reports.
///
/// It may jump; never measure with it.
///
/// Safe from any thread.
package protocol WallClock: Sendable {
    /// The current moment.
    func wallTime() -> Timestamp
}

/// The system's wall clock.
package struct SystemWallClock: WallClock {
    package init() {}

    package func wallTime() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
