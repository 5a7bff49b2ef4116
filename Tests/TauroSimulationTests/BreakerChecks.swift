import TauroModel

@testable import TauroExecution

/// Holds circuit breakers to what they promise, by what they let through.
struct BreakerChecks {
    private struct Resource {
        let policy: BreakerPolicy
        var state = BreakerState.closed
        /// Failures in a row that may be the resource's fault.
        var failures = 0
        var opensAgainAt: Int64 = 0
        /// Nodes that were let through while it was half open.
        var probes: Set<Int> = []
    }

    private let world: World
    private let needs: [[String]]
    private var resources: [String: Resource]
    /// Nodes that are between their breakers and the end of their attempt.
    private var inside: Set<Int> = []

    init(_ scenario: Scenario, _ world: World) {
        self.world = world
        needs = scenario.nodes.map(\.execution.resources)
        resources = scenario.breakers.mapValues { Resource(policy: $0) }
    }

    /// A node begins an attempt.
    mutating func enter(_ node: Int) {
        inside.insert(node)
        for name in needs[node] {
            guard var resource = resources[name] else { continue }
            world.expect(resource.state != .open, "the open breaker of \(name) let n\(node) through")
            if resource.state == .halfOpen {
                resource.probes.insert(node)
                world.expect(
                    resource.probes.count <= resource.policy.halfOpenMaxCalls,
                    "the half-open breaker of \(name) let \(resource.probes.count) probes through at once"
                )
            }
            resources[name] = resource
        }
    }

    /// A node waits in the middle of its attempt.
    mutating func pause(_ node: Int) {
        for name in needs[node] { resources[name]?.probes.remove(node) }
    }

    /// A node's attempt ended: well, or with a failure of a kind; nil where it was only taken out.
    mutating func leave(_ node: Int, failure: FailureKind?, isSuccess: Bool = false) {
        guard inside.remove(node) != nil else { return }
        let counts = failure.map { [.transient, .io, .timeout].contains($0) } ?? false
        for name in needs[node] {
            resources[name]?.probes.remove(node)
            if counts { resources[name]?.failures += 1 }
            if isSuccess, resources[name]?.state == .closed { resources[name]?.failures = 0 }
        }
    }

    /// A breaker says that it has changed.
    mutating func change(_ change: BreakerBoard.Change) {
        guard var resource = resources[change.resource] else { return }
        let name = change.resource
        switch (resource.state, change.state) {
        case (.closed, .open):
            world.expect(
                resource.failures >= resource.policy.failureThreshold,
                "the breaker of \(name) opened after \(resource.failures) failures that count"
            )
        case (.open, .halfOpen):
            world.expect(world.now >= resource.opensAgainAt, "the breaker of \(name) did not cool down")
        case (.halfOpen, .open): break
        case (.halfOpen, .closed): resource.failures = 0
        default: world.expect(false, "the breaker of \(name) went from \(resource.state) to \(change.state)")
        }
        if change.state == .open {
            resource.opensAgainAt = world.now + Int64(resource.policy.cooldownSeconds * 1e9)
            resource.probes = []
        }
        resource.state = change.state
        resources[name] = resource
    }

    /// Everything that follows from an event has been said.
    func settle() {
        for (name, resource) in resources where resource.state == .closed {
            world.expect(
                resource.failures < resource.policy.failureThreshold,
                "the breaker of \(name) is closed after \(resource.failures) failures in a row"
            )
        }
    }
}
