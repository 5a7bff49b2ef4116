import TauroBasics
package import TauroModel

/// What follows from failures, for all nodes of a run.
package struct RecoveryRules: Sendable {
    private let policies: [RetryPolicy]
    /// The place of each node's policy; empty where all have the first.
    private let places: [Int32]
    /// How long an attempt may take, of those nodes that run in this process and have a limit; in nanoseconds.
    let timeouts: [Int: Int64]
    /// How long a function that was told to stop, because its time is over, may take to do so; in nanoseconds.
    let grace: Int64
    let breakers: [String: BreakerPolicy]
    let resources: [Int: [String]]

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - retries: the policy of each node, by place; of one element where all nodes have the same.
    ///   - timeouts: how long an attempt may take, in nanoseconds, by place.
    ///   - grace: how long a function may take to stop when its time is over, in nanoseconds.
    ///   - breakers: the policies of all resources.
    ///   - resources: the resources of the nodes that have some, by place.
    package init(
        retries: some Collection<RetryPolicy> = CollectionOfOne(RetryPolicy()),
        timeouts: [Int: Int64] = [:],
        grace: Int64 = 2_000_000_000,
        breakers: [String: BreakerPolicy] = [:],
        resources: [Int: [String]] = [:]
    ) {
        var known: [RetryPolicy: Int32] = [:]
        var policies: [RetryPolicy] = []
        var places: [Int32] = []
        places.reserveCapacity(retries.count)
        for policy in retries {
            // Most nodes have the policy of the one before, and comparing is cheaper than looking up.
            if let last = places.last, policies[Int(last)] == policy {
                places.append(last)
                continue
            }
            let place = known[policy] ?? Int32(policies.count)
            if Int(place) == policies.count {
                known[policy] = place
                policies.append(policy)
            }
            places.append(place)
        }
        self.policies = policies
        self.places = policies.count > 1 ? places : []
        self.timeouts = timeouts
        self.grace = grace
        self.breakers = breakers
        self.resources = resources
    }

    /// The rules of a plan.
    init(plan: ExecutionPlan) {
        var timeouts: [Int: Int64] = [:]
        var resources: [Int: [String]] = [:]
        for (place, node) in plan.nodes.enumerated() {
            // A worker process is ended by whoever waits for its answer.
            if node.execution.isolation == .inProcess { timeouts[place] = node.execution.timeout?.wholeNanoseconds }
            if !node.execution.resources.isEmpty { resources[place] = node.execution.resources }
        }
        self.init(
            retries: plan.nodes.lazy.map(\.execution.retry),
            timeouts: timeouts,
            breakers: plan.breakers,
            resources: resources
        )
    }

    /// A node's policy.
    func retry(of node: Int) -> RetryPolicy { policies[places.isEmpty ? 0 : Int(places[node])] }
}
