import TauroBasics
package import TauroModel

/// The checks that run a plugin's code, each in a worker process of its own.
package struct WorkerChecks: Sendable {
    /// What is checked, and how.
    package struct Settings: Sendable {
        /// How long one check may take.
        package var timeout = Duration.seconds(30)
        /// Tables and artifacts for inputs, by their names.
        package var inputs: [String: Dataset] = [:]
        /// One check alone.
        package var test: PluginCheck?
        /// One node alone.
        package var node: String?
        /// One random case of the check instead of its own cases.
        package var seed: UInt64?
        /// Checks that run at once.
        package var concurrency = 1

        package init() {}
    }

    private let program: String
    private let services: CallServices
    private let settings: Settings
    private let samples: CheckSamples

    /// Prepares checks; no process is started yet.
    ///
    /// - Parameters:
    ///   - program: absolute path of `tauro-host`.
    ///   - sql: runs the queries of nodes, in this process.
    ///   - directory: absolute path of a directory for the content of artifacts.
    ///   - settings: what is checked, and how.
    package init(program: String, sql: any SQLRunner, directory: String, _ settings: Settings) {
        self.program = program
        services = CallServices(
            sql: sql,
            artifacts: ArtifactDirectory(path: directory),
            delivery: { frame, _, _ in frame }
        )
        self.settings = settings
        samples = CheckSamples(given: settings.inputs)
    }

    /// Makes the checks of a plugin that has these nodes, whose static checks found no error.
    package func findings(_ plugin: NodeSignature.Plugin, _ nodes: [NodeSignature]) -> [CheckFinding] {
        let loaded = loadFindings(plugin)
        let isLoadable = !loaded.contains { $0.check == .loading && $0.severity == .error }
        let checks = wanted(.call)
        guard isLoadable else {
            return loaded
                + nodes.flatMap { node in checks.map { skipped($0, node, "the plugin can not be loaded") } }
        }
        let plain = checks.contains(.defaultCall) ? concurrently(nodes.count) { plainCall(nodes[$0]) } : []
        let jobs = nodes.enumerated().flatMap { place, node in
            checks.map { (check: $0, node: node, plain: plain.isEmpty ? nil : plain[place]) }
        }
        let called = concurrently(jobs.count) { callFindings(jobs[$0].check, jobs[$0].node, jobs[$0].plain) }
        return loaded + called.flatMap { $0 }
    }

    private func skipped(_ check: PluginCheck, _ node: NodeSignature, _ reason: String) -> CheckFinding {
        CheckFinding(check, .skipped, node: node.name, reason)
    }

    // MARK: - Loading

    private func loadFindings(_ plugin: NodeSignature.Plugin) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for check in wanted(.load) {
            if findings.contains(where: { $0.check == .loading && $0.severity == .error }) {
                findings.append(CheckFinding(check, .skipped, "the plugin can not be loaded"))
            } else {
                findings += shown(loadObservations(check, plugin), check, node: nil)
            }
        }
        return findings
    }

    private func loadObservations(_ check: PluginCheck, _ plugin: NodeSignature.Plugin) -> [Observation] {
        let first = answer(loadMessage(check, plugin), plugin)
        switch check {
        case .loadOutput:
            guard first.isAlive, let line = first.output.first else { return first.observations }
            return [
                Observation(
                    .error,
                    "loading the plugin prints: \(line.split(separator: ": ", maxSplits: 1).last ?? "")",
                    cure: "print nothing in a constructor; a node tells with tauro_log"
                )
            ]
        case .loadTime:
            // One slow time may be the system's: a cold file, other work.
            return first.observations.isEmpty ? [] : answer(loadMessage(check, plugin), plugin).observations
        case .secondLoad:
            let second = answer(loadMessage(check, plugin), plugin)
            guard first.isAlive, second.isAlive else { return first.observations + second.observations }
            return differences(first.facts, second.facts)
        default: return first.observations
        }
    }

    private func differences(_ first: [String], _ second: [String]) -> [Observation] {
        let other = first.filter { !second.contains($0) } + second.filter { !first.contains($0) }
        guard let difference = other.first else { return [] }
        return [
            Observation(
                .error,
                "the plugin does something else when it is loaded a second time: it \(difference) only once",
                cure: "let a constructor depend on nothing that it changes, such as a file"
            )
        ]
    }

    private func loadMessage(_ check: PluginCheck, _ plugin: NodeSignature.Plugin) -> CheckMessage {
        CheckMessage(
            check: check,
            plugin: plugin.path,
            node: nil,
            seed: nil,
            samples: [],
            isKnown: false,
            directory: services.artifacts.path
        )
    }

    // MARK: - Calls

    /// What came of a call with the declared defaults, without which the other checks of a node mean nothing.
    private func plainCall(_ node: NodeSignature) -> CheckSession.Answer {
        answer(.defaultCall, node)
    }

    private func callFindings(
        _ check: PluginCheck,
        _ node: NodeSignature,
        _ plain: CheckSession.Answer?
    ) -> [CheckFinding] {
        if check == .defaultCall, let plain {
            return shown(plain.observations, check, node: node.name, seed: settings.seed)
        }
        if let plain, plain.isLate, check == .time { return shown(plain.observations, check, node: node.name) }
        if let plain, !plain.isAlive, !(plain.isLate && check == .cancellation) {
            return [skipped(check, node, "the node does not survive a call with its declared defaults")]
        }
        return shown(answer(check, node).observations, check, node: node.name, seed: settings.seed)
    }

    private func answer(_ check: PluginCheck, _ node: NodeSignature) -> CheckSession.Answer {
        do {
            return answer(try callMessage(check, node, seed: settings.seed), node.plugin)
        } catch {
            return CheckSession.Answer(observations: [Observation(.error, HostFailure(error).text)])
        }
    }

    /// What a worker is asked for one check of a node.
    func callMessage(_ check: PluginCheck, _ node: NodeSignature, seed: UInt64?) throws -> CheckMessage {
        CheckMessage(
            check: check,
            plugin: node.plugin.path,
            node: node.name,
            seed: seed,
            samples: try samples.samples(node),
            isKnown: samples.isKnown(node),
            directory: services.artifacts.path
        )
    }

    private func answer(_ message: CheckMessage, _ plugin: NodeSignature.Plugin) -> CheckSession.Answer {
        do throws(SystemError) {
            return try session(plugin).run(message, timeout: settings.timeout)
        } catch {
            return CheckSession.Answer(
                observations: [Observation(.error, "no worker process could be started: \(error.description)")],
                isAlive: false
            )
        }
    }

    /// A new worker process for checks.
    func session(_ plugin: NodeSignature.Plugin) throws(SystemError) -> CheckSession {
        try CheckSession(program: program, plugin: plugin, services)
    }

    /// The findings of one check; one that is passed where there is nothing to say.
    func shown(
        _ observations: [Observation],
        _ check: PluginCheck,
        node: String?,
        seed: UInt64? = nil
    ) -> [CheckFinding] {
        if observations.isEmpty { return [CheckFinding(check, .passed, node: node)] }
        return observations.map { CheckFinding(check, $0.severity, node: node, $0.message, cure: $0.cure, seed: seed) }
    }

    private func wanted(_ group: PluginCheck.Group) -> [PluginCheck] {
        PluginCheck.all(of: group).filter { settings.test == nil || $0 == settings.test }
    }

    private func concurrently<Value: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int) -> Value
    ) -> [Value] {
        let results = Monitor<[Int: Value]>([:])
        let pool = try? WorkerPool(count: max(1, settings.concurrency), name: "tauro-checks")
        for index in 0..<count {
            let work: WorkerPool.Work = {
                let value = body(index)
                results.withLockNotifyingAll { $0[index] = value }
            }
            if pool?.submit(work) != true { work() }
        }
        pool?.shutdown()
        return results.withLock { results in (0..<count).compactMap { results[$0] } }
    }
}
