import TauroBasics
import TauroData
import TauroModel

/// Makes one check of a plugin in this process, on the calling thread.
struct CheckRunner {
    let plugins: PluginLoader
    /// Runs the queries of nodes.
    let sql: any SQLRunner
    /// Told of each case before it is called.
    let begin: @Sendable (String) -> Void

    /// Makes the check; a node that crashes takes this process with it.
    func run(_ message: CheckMessage) -> FindingsMessage {
        do {
            guard message.check.group == .call else {
                return try LoadChecks(path: message.plugin, plugins: plugins).findings(message.check)
            }
            let checks = CallChecks(node: try node(message))
            let observations =
                if let seed = message.seed {
                    try checks.randomCase(message.check, seed: seed)
                } else {
                    try checks.observations(message.check)
                }
            return FindingsMessage(observations: observations.map { about(message.node, $0) }, facts: [])
        } catch {
            return FindingsMessage(observations: [Observation(.error, HostFailure(error).text)], facts: [])
        }
    }

    private func about(_ node: String?, _ observation: Observation) -> Observation {
        guard let node, observation.severity != .skipped else { return observation }
        return Observation(observation.severity, "the node \(node) \(observation.message)", cure: observation.cure)
    }

    private func node(_ message: CheckMessage) throws -> NodeUnderCheck {
        let plugin = try plugins.plugin(
            .unread(path: message.plugin)
        )
        guard let name = message.node, let signature = plugin.signature(name) else {
            throw HostFailure(.invalid, "the plugin has no node '\(message.node ?? "")'")
        }
        return NodeUnderCheck(
            signature: signature,
            function: try plugin.function(for: signature),
            samples: try message.samples.map { sample in
                switch sample {
                case .frame(let content):
                    let (schema, batches) = try content.open()
                    return .frame(Frame(schema: schema, batches: batches))
                case .artifact(let artifact): return .artifact(try artifact.artifact())
                }
            },
            isKnown: message.isKnown,
            sql: sql,
            artifacts: ArtifactDirectory(path: message.directory),
            begin: begin
        )
    }
}
