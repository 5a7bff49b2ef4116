import TauroBasics
package import TauroModel

/// Random cases of a plugin's nodes, one after another in a warm worker process, until the time is over.
package struct FuzzRun: Sendable {
    /// Failures of one check of one node that are told; more of them are rarely another fault.
    private static let mostAlike = 3

    private let checks: WorkerChecks
    private let seed: UInt64
    private let timeout: Duration

    /// Prepares a run; the same seed makes the same cases in the same order.
    package init(_ checks: WorkerChecks, seed: UInt64, timeout: Duration) {
        self.checks = checks
        self.seed = seed
        self.timeout = timeout
    }

    /// Makes cases for a while, at least one.
    package func run(
        _ plugin: NodeSignature.Plugin,
        _ nodes: [NodeSignature],
        for time: Duration
    ) -> (findings: [CheckFinding], fuzz: CheckReport.Fuzz) {
        let clock = SystemMonotonicClock()
        let end = clock.elapsedTime() + time
        var chance = SeededChance(seed: seed)
        var session: CheckSession?
        var findings: [CheckFinding] = []
        var count = 0
        while !nodes.isEmpty, count == 0 || clock.elapsedTime() < end {
            count += 1
            let node = nodes[chance.below(nodes.count)]
            let check = CallChecks.randomChecks[chance.below(CallChecks.randomChecks.count)]
            let seed = chance.next() >> 32
            let answer = answer(check, node, seed, &session)
            if !answer.isAlive { session = nil }
            let alike = findings.count { $0.check == check && $0.node == node.name }
            if !answer.observations.isEmpty, alike < Self.mostAlike {
                findings += checks.shown(answer.observations, check, node: node.name, seed: seed)
            }
        }
        return (findings, CheckReport.Fuzz(seed: self.seed, caseCount: count))
    }

    private func answer(
        _ check: PluginCheck,
        _ node: NodeSignature,
        _ seed: UInt64,
        _ session: inout CheckSession?
    ) -> CheckSession.Answer {
        do {
            let current = try session ?? checks.session(node.plugin)
            session = current
            return current.run(try checks.callMessage(check, node, seed: seed), timeout: timeout)
        } catch {
            return CheckSession.Answer(observations: [Observation(.error, HostFailure(error).text)], isAlive: false)
        }
    }
}
