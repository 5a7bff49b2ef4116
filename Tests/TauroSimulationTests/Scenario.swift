import TauroModel

/// What a history is about: a pipeline, its limits, and how bad its world is.
struct Scenario {
    /// One node.
    struct Node {
        let name: String
        /// The nodes whose results it reads.
        let inputs: [Int]
        /// The nodes that it states as dependencies.
        let after: [Int]
        let outputs: [DatasetDefinition]
        let returnsNothing: Bool
        let execution: PlannedExecution

        /// All that it waits for, ascending.
        var dependencies: [Int] { Set(inputs + after).sorted() }
    }

    let nodes: [Node]
    let pools: [String: Int]
    let breakers: [String: BreakerPolicy]
    let maxWorkers: Int
    /// What nodes may state together, in bytes; nil for no limit.
    let nodeMemory: Int64?
    let durability: Durability
    /// Whether results that no output holds are copied.
    let keepsResults: Bool
    /// How many attempts of a hundred fail.
    let failurePercent: Int
    /// Whether failures may be such that no other attempt helps.
    let hasLastingFailures: Bool
    /// After how many hosts nothing bad happens any more.
    let troubledHosts: Int
    /// What the functions' results depend on, besides what they read; changes from host to host.
    var versions: [Int]
}

extension Scenario {
    /// The scenario's nodes as a plan.
    var plan: ExecutionPlan {
        var dependents = [[Int]](repeating: [], count: nodes.count)
        var levels = [Int](repeating: 0, count: nodes.count)
        for (place, node) in nodes.enumerated() {
            for dependency in node.dependencies {
                dependents[dependency].append(place)
                levels[place] = max(levels[place], levels[dependency] + 1)
            }
        }
        var lengths = [Int](repeating: 1, count: nodes.count)
        for place in nodes.indices.reversed() {
            lengths[place] = 1 + (dependents[place].map { lengths[$0] }.max() ?? 0)
        }
        let planned = nodes.indices.map { place in
            node(place, dependents[place], pathLength: lengths[place], level: levels[place])
        }
        return ExecutionPlan(
            pipeline: PipelineDefinition(name: "p", nodes: nodes.map { Located($0.name) }),
            nodes: planned,
            dates: DateWindow(),
            pools: pools,
            breakers: breakers
        )
    }

    private func node(_ place: Int, _ dependents: [Int], pathLength: Int, level: Int) -> PlannedNode {
        let node = nodes[place]
        let function = "test.\(node.name)"
        let signature = NodeSignature(
            name: function,
            symbol: node.name,
            result: node.returnsNothing ? .nothing : .artifact,
            inputs: node.inputs.indices.map { NodeSignature.Input(kind: .artifact, name: "input_\($0)") },
            plugin: .unread(path: "/project/plugins/test.so")
        )
        return PlannedNode(
            definition: NodeDefinition(
                name: node.name,
                function: Located(function),
                outputs: node.outputs.map { Located($0.id) },
                dependencies: node.after.map { Located(nodes[$0].name) }
            ),
            signature: signature,
            inputs: node.inputs.map { .result(node: $0, id: nodes[$0].name) },
            parameters: [],
            execution: node.execution,
            outputs: node.outputs,
            dependencies: node.dependencies,
            orderedAfter: node.after,
            dependents: dependents,
            pathLength: pathLength,
            level: level
        )
    }

    /// What each node's result depends on now, besides the results of others.
    var fingerprints: [NodeFingerprint] {
        versions.map { NodeFingerprint([NodeFingerprint.Part("parameter version", "\($0)")]) }
    }

    /// What a run's directory keeps of the scenario.
    var record: RunRecord {
        let listed = zip(nodes, fingerprints).map { node, fingerprint in
            RunRecord.Node(
                name: node.name,
                function: "test.\(node.name)",
                plugin: "/project/plugins/test.so",
                dependencies: node.dependencies.map { nodes[$0].name },
                inputs: node.inputs.map { nodes[$0].name },
                outputs: node.outputs.map(\.id),
                fingerprint: fingerprint
            )
        }
        return RunRecord(
            id: Scenario.run,
            pipeline: "p",
            kind: .batch,
            engine: "simulated",
            dates: DateWindow(),
            maxWorkers: maxWorkers,
            request: RunRequest(),
            nodes: listed
        )
    }

    /// The run's id.
    static let run = "run-1"

    /// A node and all that depends on it.
    func affected(by node: Int) -> Set<Int> {
        var affected: Set<Int> = [node]
        for place in nodes.indices where !affected.isDisjoint(with: nodes[place].dependencies) {
            affected.insert(place)
        }
        return affected
    }

    /// The result of each node in a run that nothing disturbs.
    var results: [UInt64] {
        var results: [UInt64] = []
        for place in nodes.indices {
            results.append(Scenario.result(of: place, versions[place], nodes[place].inputs.map { results[$0] }))
        }
        return results
    }

    /// What a node makes of its version and its inputs (FNV-1a).
    static func result(of node: Int, _ version: Int, _ inputs: [UInt64]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in [UInt64(node), UInt64(version)] + inputs {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                hash = (hash ^ (part >> shift & 255)) &* 0x100_0000_01B3
            }
        }
        return hash
    }
}
