import TauroBasics
import TauroModel

extension PlanBuilder {
    /// Says so where a function is only in files that are not trusted.
    ///
    /// - Returns: whether that is so.
    mutating func reportUntrusted(_ name: String, _ node: NodeDefinition) -> Bool {
        let files = signatures.refusals.filter { $0.untrusted?.contains(name) == true }
        if files.isEmpty { return false }
        diagnostics.append(
            Diagnostic(
                .error,
                .security,
                "Node '\(node.name)': '\(name)' is in a plugin that is not trusted",
                at: node.function.location ?? node.location,
                notes: files.flatMap { ["\($0.path): \($0.reason)", $0.cure] }
            )
        )
        return true
    }

    /// Holds the plugins that the nodes need to the project's lock.
    mutating func checkLock(_ definitions: [NodeDefinition], _ found: [NodeSignature?]) {
        var plugins: [(plugin: NodeSignature.Plugin, nodes: [String])] = []
        var places: [String: Int] = [:]
        for node in definitions.indices {
            guard let plugin = found[node]?.plugin else { continue }
            if let place = places[plugin.path] {
                plugins[place].nodes.append(definitions[node].name)
            } else {
                places[plugin.path] = plugins.count
                plugins.append((plugin, [definitions[node].name]))
            }
        }
        for (plugin, nodes) in plugins {
            guard let problem = problem(signatures.lockState(of: plugin)) else { continue }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .security,
                    "the plugin \(plugin.path) \(problem.sentence)",
                    notes: problem.facts + ["needed by: \(nodes.listed(atMost: 12))", problem.cure]
                )
            )
        }
    }

    private func problem(_ state: PluginLockState) -> (sentence: String, facts: [String], cure: String)? {
        let accept = "or accept it with `tauro-host plugins lock --update`"
        switch state {
        case .noLock, .matches: return nil
        case .differs(let locked, let found):
            return (
                "is not the one that tauro.lock names", ["locked: sha256 \(locked)", "found:  sha256 \(found)"],
                "put the locked file back, \(accept)"
            )
        case .unlisted(let found):
            return ("is not in tauro.lock", ["found: sha256 \(found)"], "remove it, \(accept)")
        case .unreadable(let reason): return (reason, [], "the project's lock can not be held against it")
        }
    }
}
