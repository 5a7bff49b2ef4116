package import TauroModel

/// Keeps nodes from a resource that is out of order.
///
/// A pure state machine. Closed, it counts failures in a row; at the policy's threshold it opens, and lets nobody through
/// until it has cooled down. Then it is half open: a few probes go through; when as many succeeded as may go through at
/// once it closes, and the first that fails opens it again. Moments are nanoseconds of a steady clock.
///
/// Source: M. Nygard, "Release It!", the pattern "Circuit Breaker".
package struct CircuitBreaker: Sendable, Equatable {
    /// Whether a node may use the resource.
    package enum Answer: Sendable, Equatable {
        case goAhead
        /// Not before that moment.
        case notBefore(Int64)
        /// Probes are under way; ask again when one has ended.
        case afterProbes
    }

    private enum Position: Equatable {
        case closed
        case open(until: Int64)
        case halfOpen(probes: Int, successes: Int)
    }

    private let policy: BreakerPolicy
    private var position = Position.closed
    /// How many failures there were in a row.
    package private(set) var failures = 0

    package init(_ policy: BreakerPolicy) { self.policy = policy }

    /// Where it stands.
    package var state: BreakerState {
        switch position {
        case .closed: .closed
        case .open: .open
        case .halfOpen: .halfOpen
        }
    }

    /// Whether a node may use the resource now; nothing changes.
    package func answer(at now: Int64) -> Answer {
        switch position {
        case .closed: .goAhead
        case .open(let until): now >= until ? .goAhead : .notBefore(until)
        case .halfOpen(let probes, _): probes < policy.halfOpenMaxCalls ? .goAhead : .afterProbes
        }
    }

    /// Lets a node through, after `answer` said so; says whether that is a probe.
    package mutating func enter(at now: Int64) -> Bool {
        switch position {
        case .closed: return false
        case .open: position = .halfOpen(probes: 1, successes: 0)
        case .halfOpen(let probes, let successes):
            position = .halfOpen(probes: probes + 1, successes: successes)
        }
        return true
    }

    /// A node that was let through succeeded.
    package mutating func succeed(wasProbe: Bool) {
        switch position {
        case .closed: failures = 0
        case .halfOpen(let probes, let successes) where wasProbe:
            if successes + 1 >= policy.halfOpenMaxCalls {
                position = .closed
                failures = 0
            } else {
                position = .halfOpen(probes: probes - 1, successes: successes + 1)
            }
        // What began before it opened says nothing about the resource as it is now.
        case .open, .halfOpen: break
        }
    }

    /// A node that was let through failed because of the resource, as far as anyone can tell.
    package mutating func fail(wasProbe: Bool, at now: Int64) {
        failures += 1
        switch position {
        case .closed where failures >= policy.failureThreshold: open(at: now)
        case .halfOpen where wasProbe: open(at: now)
        case .closed, .open, .halfOpen: break
        }
    }

    /// A node that was let through ended for another reason.
    package mutating func leave(wasProbe: Bool) {
        if case .halfOpen(let probes, let successes) = position, wasProbe {
            position = .halfOpen(probes: probes - 1, successes: successes)
        }
    }

    private mutating func open(at now: Int64) {
        position = .open(until: now + Int64(min(policy.cooldownSeconds, 1e9) * 1e9))
    }
}
