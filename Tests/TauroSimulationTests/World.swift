import TauroBasics
import TauroTesting

/// What everything in one history shares: chance, time, and whether the host still lives.
final class World: @unchecked Sendable {
    // Everything here is used by the one thread that plays the history.

    /// Where all chance comes from.
    var random: SeededGenerator
    /// Nanoseconds since the history's beginning.
    var now: Int64 = 0
    /// The first invariant that did not hold, as a sentence; nil while all do.
    private(set) var finding: String?
    /// Whether the host's process is gone.
    private(set) var isDead = false
    /// Whether it is told on stdout what happens.
    private let isTold: Bool
    /// How many more moments the host lives through; nil where nothing kills it.
    private var moments: Int?

    init(seed: UInt64, isTold: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.isTold = isTold
    }

    /// Tells what happens, where somebody wants to know.
    func tell(_ what: @autoclosure () -> String) {
        if isTold { print("\(Double(now / 1_000_000) / 1000) s: \(what())") }
    }

    /// Notes that an invariant does not hold.
    func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
        if !holds, finding == nil { finding = message() }
    }

    /// A number from 0 to below `bound`.
    func below(_ bound: Int) -> Int { random.below(bound) }

    /// Any number.
    func number() -> UInt64 { random.next() }

    /// True so many times of a hundred.
    func chance(_ percent: Int) -> Bool { random.below(100) < percent }

    /// A duration in nanoseconds between two in milliseconds.
    func duration(_ milliseconds: ClosedRange<Int>) -> Int64 {
        Int64(milliseconds.lowerBound + random.below(milliseconds.count)) * 1_000_000
    }

    /// A host begins, which is killed after so many moments.
    func beginHost(livingFor moments: Int?) {
        self.moments = moments
        isDead = false
    }

    /// A moment at which the host may be killed passes; false where it is dead.
    func pass() -> Bool {
        if isDead { return false }
        guard let left = moments else { return true }
        moments = left - 1
        isDead = left <= 0
        return !isDead
    }
}

/// The time of a world, as both clocks of a run tell it.
struct VirtualClock: WallClock, MonotonicClock {
    let world: World

    func wallTime() -> Timestamp {
        Timestamp(millisecondsSinceEpoch: 1_767_225_600_000 + world.now / 1_000_000)
    }

    func elapsedTime() -> Duration { .nanoseconds(world.now) }
}

/// What is thrown through everything when the host's process is gone.
struct HostDied: Error {}
