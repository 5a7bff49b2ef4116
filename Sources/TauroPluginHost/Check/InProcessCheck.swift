package import TauroModel

/// One check inside this process, for somebody who watches it with a debugger.
package enum InProcessCheck {
    /// Makes the check; a node that crashes takes this process with it.
    ///
    /// `begin` is told of each case before it is called.
    package static func findings(
        _ check: PluginCheck,
        _ plugin: NodeSignature.Plugin,
        _ node: NodeSignature?,
        _ settings: WorkerChecks.Settings,
        sql: any SQLRunner,
        directory: String,
        begin: @escaping @Sendable (String) -> Void
    ) throws -> [CheckFinding] {
        let samples = CheckSamples(given: settings.inputs)
        let message = CheckMessage(
            check: check,
            plugin: plugin.path,
            node: node?.name,
            seed: settings.seed,
            samples: try node.map { try samples.samples($0) } ?? [],
            isKnown: node.map { samples.isKnown($0) } ?? false,
            directory: directory
        )
        let found = CheckRunner(plugins: PluginLoader(.ofThisProcess), sql: sql, begin: begin).run(message)
        if found.observations.isEmpty { return [CheckFinding(check, .passed, node: node?.name)] }
        return found.observations.map { seen in
            CheckFinding(check, seen.severity, node: node?.name, seen.message, cure: seen.cure, seed: settings.seed)
        }
    }
}
