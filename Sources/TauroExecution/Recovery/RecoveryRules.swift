import TauroBasics
package import TauroModel

/// What follows from failures, for all nodes of a run.
package struct RecoveryRules: Sendable {
    private let policies: SharedValues<RetryPolicy>
    /// How long an attempt may take, of those nodes that run in this process and have a limit; in nanoseconds.
    let timeouts: [Int: Int64]
    /// How long a function that was told to stop, because its time is over, may take to do so; in nanoseconds.
    let grace: Int64
    let breakers: [String: BreakerPolicy]
    let resources: [Int: [String]]

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - retries: the policy of each node, by place; one where all nodes have the same.
    ///   - timeouts: how long an attempt may take, in nanoseconds, by place.
    ///   - grace: how long a function may take to stop when its time is over, in nanoseconds.
    ///   - breakers: the policies of all resources.
    ///   - resources: the resources of the nodes that have some, by place.
    package init(
        retries: [RetryPolicy] = [RetryPolicy()],
        timeouts: [Int: Int64] = [:],
        grace: Int64 = RecoveryRules.usualGrace,
        breakers: [String: BreakerPolicy] = [:],
        resources: [Int: [String]] = [:]
    ) {
        policies = SharedValues(retries)
        self.timeouts = timeouts
        self.grace = grace
        self.breakers = breakers
        self.resources = resources
    }

    /// Two seconds.
    package static let usualGrace: Int64 = 2_000_000_000

    /// The rules of a plan.
    init(plan: ExecutionPlan) {
        var policies = SharedValues<RetryPolicy>(capacity: plan.nodes.count)
        var timeouts: [Int: Int64] = [:]
        var resources: [Int: [String]] = [:]
        var last: PlannedExecution?
        var isLastPlain = false
        for (place, node) in plan.nodes.enumerated() {
            let execution = node.execution
            let isRepeated = execution == last
            if isRepeated { policies.repeatLast() } else { policies.append(execution.retry) }
            if isRepeated && isLastPlain { continue }
            // A worker process is ended by whoever waits for its answer.
            if execution.isolation == .inProcess { timeouts[place] = execution.timeout?.wholeNanoseconds }
            if !execution.resources.isEmpty { resources[place] = execution.resources }
            isLastPlain = timeouts[place] == nil && execution.resources.isEmpty
            last = execution
        }
        self.policies = policies
        self.timeouts = timeouts
        grace = RecoveryRules.usualGrace
        breakers = plan.breakers
        self.resources = resources
    }

    /// A node's policy.
    func retry(of node: Int) -> RetryPolicy { policies[node] }
}
