/// A pipeline made ready to run: every name resolved, every value bound, an order fixed.
///
/// Nothing has been loaded yet.
package struct ExecutionPlan: Sendable {
    /// The pipeline.
    package let pipeline: PipelineDefinition
    /// The nodes in execution order: a node stands after everything it waits for, ties in the order of the file.
    package let nodes: [PlannedNode]
    /// The days of the run.
    package let dates: DateWindow
    /// The version of the model that its nodes train or use.
    package let modelVersion: String?
    /// The pipeline's other nodes, which the request did not select, in the order of the file.
    package let leftOut: [String]
    /// How many nodes of a pool may run at once, by the pool's name.
    package let pools: [String: Int]
    /// The circuit breakers, by the names of the resources they guard.
    package let breakers: [String: BreakerPolicy]

    package init(
        pipeline: PipelineDefinition,
        nodes: [PlannedNode],
        dates: DateWindow,
        modelVersion: String? = nil,
        leftOut: [String] = [],
        pools: [String: Int] = [:],
        breakers: [String: BreakerPolicy] = [:]
    ) {
        self.pools = pools
        self.breakers = breakers
        self.pipeline = pipeline
        self.nodes = nodes
        self.dates = dates
        self.modelVersion = modelVersion
        self.leftOut = leftOut
    }

    /// The longest chain of nodes, which no number of workers shortens; of several the first.
    package var criticalPath: [Int] {
        guard var node = nodes.indices.max(by: { nodes[$0].pathLength < nodes[$1].pathLength }) else { return [] }
        var path = [node]
        while let next = nodes[node].dependents.max(by: { nodes[$0].pathLength < nodes[$1].pathLength }) {
            path.append(next)
            node = next
        }
        return path
    }

    /// The nodes by level: those of one level wait for none of each other.
    package var levels: [[Int]] {
        var levels: [[Int]] = []
        for (place, node) in nodes.enumerated() {
            while levels.count <= node.level { levels.append([]) }
            levels[node.level].append(place)
        }
        return levels
    }
}

/// One node of a plan.
///
/// Other nodes are named by their place in the plan's list. An object, so that handing it on costs one reference.
package final class PlannedNode: Sendable {
    /// What configuration says.
    package let definition: NodeDefinition
    /// What the plugin says.
    package let signature: NodeSignature
    /// Where each input comes from, in the order the function takes them.
    package let inputs: [PlannedInput]
    /// One value for each parameter of the signature.
    package let parameters: [BoundParameter]
    /// The merged hyperparameters; empty for a node that takes no ML context.
    package let hyperparameters: [String: ConfigValue]
    /// Where and how long its function runs, and what a failure means.
    package let execution: PlannedExecution
    /// Where the result is stored.
    package let outputs: [DatasetDefinition]
    /// The nodes it waits for, ascending.
    package let dependencies: [Int]
    /// Those of them that it states as dependencies, and so must be stored before it starts; it only reads the others.
    package let orderedAfter: [Int]
    /// The nodes that wait for it, ascending.
    package let dependents: [Int]
    /// How many nodes the longest chain from here to an end of the pipeline has, this one included.
    package var pathLength: Int { Int(length) }
    /// 0 for a node that waits for nothing, else one more than the highest level it waits for.
    package var level: Int { Int(depth) }
    private let length: UInt32
    private let depth: UInt32

    package init(
        definition: NodeDefinition,
        signature: NodeSignature,
        inputs: [PlannedInput],
        parameters: [BoundParameter],
        hyperparameters: [String: ConfigValue] = [:],
        execution: PlannedExecution = PlannedExecution(),
        outputs: [DatasetDefinition],
        dependencies: [Int],
        orderedAfter: [Int],
        dependents: [Int],
        pathLength: Int,
        level: Int
    ) {
        self.definition = definition
        self.signature = signature
        self.inputs = inputs
        self.parameters = parameters
        self.hyperparameters = hyperparameters
        self.execution = execution
        self.outputs = outputs
        self.dependencies = dependencies
        self.orderedAfter = orderedAfter
        self.dependents = dependents
        length = UInt32(pathLength)
        depth = UInt32(level)
    }

    /// The node's name.
    package var name: String { definition.name }
}

/// Where a node's input comes from.
package enum PlannedInput: Sendable {
    /// What that node of the plan returned in this run. `id` is the output id, or the node's name for a plain dependency.
    case result(node: Int, id: String)
    /// An entry of `input.yaml`.
    indirect case source(DatasetDefinition)
    /// What an earlier run stored under an output id.
    indirect case stored(DatasetDefinition)

    /// The id people know it by.
    package var id: String {
        switch self {
        case .result(_, let id): id
        case .source(let dataset), .stored(let dataset): dataset.id
        }
    }
}
