package import TauroModel

/// The circuit breakers of a run, and which of them each node has to pass.
///
/// A pure state machine; moments are nanoseconds of a steady clock. A node passes all of its breakers or none.
package struct BreakerBoard: Sendable {
    /// How a node's use of its resources ended.
    package enum Ending: Sendable {
        case success
        /// It failed in a way that may be the resources' fault.
        case failure
        /// It says nothing about them.
        case other
    }

    /// A breaker that changed.
    package struct Change: Sendable, Equatable {
        package let resource: String
        package let state: BreakerState
        package let failures: Int
    }

    /// What keeps a node from its resources.
    package struct Refusal: Sendable, Equatable {
        package let resource: String
        /// How many failures in a row its breaker has counted.
        package let failures: Int
        /// When the node may ask again; nil when a probe has ended.
        package let notBefore: Int64?
    }

    private var breakers: [(resource: String, breaker: CircuitBreaker)]
    /// The places of the breakers of each node that has some.
    private let needs: [Int: [Int]]
    /// Of the nodes that were let through, the breakers that they probe: not those that have opened again meanwhile.
    private var probes: [Int: [Int]] = [:]

    /// Creates a board; `needs` are the resources of each node that has some, by place.
    package init(_ policies: [String: BreakerPolicy] = [:], needs: [Int: [String]] = [:]) {
        let names = policies.keys.sorted()
        breakers = names.map { ($0, CircuitBreaker(policies[$0] ?? BreakerPolicy())) }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
        self.needs = needs.mapValues { $0.compactMap { places[$0] } }
    }

    /// Lets a node through to all its resources, or says what keeps it.
    package mutating func enter(_ node: Int, at now: Int64, _ changes: inout [Change]) -> Refusal? {
        guard let places = needs[node] else { return nil }
        for place in places {
            let (resource, breaker) = breakers[place]
            switch breaker.answer(at: now) {
            case .goAhead: continue
            case .notBefore(let moment):
                return Refusal(resource: resource, failures: breaker.failures, notBefore: moment)
            case .afterProbes: return Refusal(resource: resource, failures: breaker.failures, notBefore: nil)
            }
        }
        for place in places {
            if change(place, &changes, { $0.enter(at: now) }) { probes[node, default: []].append(place) }
        }
        return nil
    }

    /// Notes how a node that was let through ended.
    package mutating func end(_ node: Int, _ ending: Ending, at now: Int64, _ changes: inout [Change]) {
        guard let places = needs[node] else { return }
        let probed = probes.removeValue(forKey: node) ?? []
        for place in places {
            let wasProbe = probed.contains(place)
            change(place, &changes) { breaker in
                switch ending {
                case .success: breaker.succeed(wasProbe: wasProbe)
                case .failure: breaker.fail(wasProbe: wasProbe, at: now)
                case .other: breaker.leave(wasProbe: wasProbe)
                }
            }
        }
    }

    /// The breaker that people are told of where there is room for one: an open one before a half-open one, then the one
    /// with the most failures; nil where there is none.
    package var worst: Change? {
        let ranks: [BreakerState: Int] = [.open: 2, .halfOpen: 1, .closed: 0]
        let all = breakers.map { Change(resource: $0.resource, state: $0.breaker.state, failures: $0.breaker.failures) }
        return all.max { (ranks[$0.state] ?? 0, $0.failures) < (ranks[$1.state] ?? 0, $1.failures) }
    }

    /// Those that are still under way say nothing about the resource when it is probed the next time.
    private mutating func forgetProbes(of place: Int) {
        for node in probes.keys { probes[node]?.removeAll { $0 == place } }
    }

    @discardableResult
    private mutating func change<Result>(
        _ place: Int,
        _ changes: inout [Change],
        _ body: (inout CircuitBreaker) -> Result
    ) -> Result {
        let before = breakers[place].breaker.state
        let result = body(&breakers[place].breaker)
        let breaker = breakers[place].breaker
        if breaker.state != before {
            if breaker.state == .open { forgetProbes(of: place) }
            changes.append(
                Change(resource: breakers[place].resource, state: breaker.state, failures: breaker.failures)
            )
        }
        return result
    }
}
