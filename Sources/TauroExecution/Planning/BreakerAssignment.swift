import TauroModel

/// Which circuit breakers guard the nodes of a pipeline.
struct BreakerAssignment {
    /// What a node says of the breakers of the resources it names.
    private struct Statement {
        let node: NodeDefinition
        /// Nil where there is to be none.
        let policy: BreakerPolicy?
    }

    /// The policies by the names of the resources.
    private(set) var policies: [String: BreakerPolicy] = [:]
    /// The resources of each node that have a breaker, each once.
    private(set) var resources: [[String]] = []
    /// What is wrong with what nodes say.
    private(set) var findings: [Diagnostic] = []
    private var stated: [String: Statement] = [:]

    /// Assigns breakers to the resources that the nodes name, to the servers of their datasets, and to the pipeline itself.
    ///
    /// `servers` has those of each node.
    init(_ definitions: [NodeDefinition], servers: [[String]], in pipeline: PipelineDefinition, _ context: Context) {
        let shared = pipeline.execution.breaker.merged(over: context.globalSettings.execution.breaker)
        let named = definitions.map { node in
            (context.execution(of: node, in: pipeline).resources ?? []).map(\.value)
        }
        for (node, names) in zip(definitions, named) where node.execution.breaker.isOn != nil {
            if context.isDoubtful(node.location) { continue }
            if names.isEmpty { findings.append(Self.nothingToGuard(node)) }
            let statement = Statement(node: node, policy: node.execution.breaker.merged(over: shared).policy)
            for name in names { add(statement, of: name) }
        }
        let whole = pipeline.execution.breaker.isOn == true ? ["pipeline \(pipeline.name)"] : []
        for (names, servers) in zip(named, servers) {
            var seen: Set<String> = []
            resources.append(
                (names + servers + whole).filter { name in
                    guard seen.insert(name).inserted,
                        let policy = stated[name].map(\.policy) ?? shared.policy
                    else { return false }
                    policies[name] = policy
                    return true
                }
            )
        }
    }

    private mutating func add(_ statement: Statement, of resource: String) {
        guard let other = stated[resource] else {
            stated[resource] = statement
            return
        }
        if other.policy != statement.policy { findings.append(Self.differing(other, statement, resource)) }
    }

    private static func nothingToGuard(_ node: NodeDefinition) -> Diagnostic {
        Diagnostic(
            .error,
            .validation,
            "Node '\(node.name)' has `circuit_breaker`, but names no `resource`",
            at: node.execution.breaker.location ?? node.location,
            notes: [
                "name under `resource` what it depends on, for example `resource: warehouse`, or move `circuit_breaker` to the "
                    + "pipeline, which has one breaker as a whole"
            ]
        )
    }

    private static func differing(_ first: Statement, _ second: Statement, _ resource: String) -> Diagnostic {
        let place = first.node.execution.breaker.location ?? first.node.location
        return Diagnostic(
            .error,
            .validation,
            "Nodes '\(first.node.name)' and '\(second.node.name)' give resource '\(resource)' different circuit breakers",
            at: second.node.execution.breaker.location ?? second.node.location,
            notes: (place.map { ["the other one is at \($0)"] } ?? [])
                + ["a resource has one breaker for all its nodes: say the same in both, or in global settings"]
        )
    }
}
