package import TauroBasics

/// The two clocks of a run: the time of day for people, and the steady one for durations.
package struct RunClock: Sendable {
    package let wall: any WallClock
    package let monotonic: any MonotonicClock

    package init(wall: any WallClock = SystemWallClock(), monotonic: any MonotonicClock = SystemMonotonicClock()) {
        self.wall = wall
        self.monotonic = monotonic
    }
}
