import TauroModel

/// Puts resolved pieces together in execution order, with every index turned from file order to that order.
struct PlanAssembly {
    let pipeline: PipelineDefinition
    let dates: DateWindow
    let definitions: [NodeDefinition]
    let signatures: [NodeSignature?]
    let inputs: [[PlannedInput]]
    let parameters: [[BoundParameter]]
    let outputs: [[DatasetDefinition]]
    let statedDependencies: [[Int]]
    let breakers: BreakerAssignment
    let selection: SelectedGraph
    /// The selected nodes in execution order.
    let order: [Int]
    let request: PlanRequest
    let context: Context

    /// The plan; nil while a function is not known.
    func plan() -> ExecutionPlan? {
        let graph = selection.graph
        var places = [Int](repeating: 0, count: definitions.count)
        for (place, node) in order.enumerated() { places[node] = place }
        let pathLengths = graph.pathLengths(order: order)
        let levels = graph.levels(order: order)
        var nodes: [PlannedNode] = []
        nodes.reserveCapacity(order.count)
        for node in order {
            guard let signature = signatures[node] else { return nil }
            nodes.append(
                PlannedNode(
                    definition: definitions[node],
                    signature: signature,
                    inputs: inputs[node].map { $0.moved(to: places) },
                    parameters: parameters[node],
                    hyperparameters: hyperparameters(of: definitions[node], signature),
                    execution: execution(of: node),
                    outputs: outputs[node],
                    dependencies: graph.dependencies(of: node).map { places[$0] }.sorted(),
                    orderedAfter: orderedAfter(node).map { places[$0] }.sorted(),
                    dependents: graph.dependents(of: node).map { places[$0] }.sorted(),
                    pathLength: pathLengths[node],
                    level: levels[node]
                )
            )
        }
        let used = Set(nodes.flatMap(\.execution.resources))
        let leftOut = definitions.indices.filter { !selection.isSelected[$0] }.map { definitions[$0].name }
        return ExecutionPlan(
            pipeline: pipeline,
            nodes: nodes,
            dates: dates,
            modelVersion: context.modelVersion(of: pipeline, request.machineLearning),
            leftOut: leftOut,
            pools: context.globalSettings.pools,
            breakers: breakers.policies.filter { used.contains($0.key) }
        )
    }

    /// The selected nodes that must be stored before `node` starts.
    private func orderedAfter(_ node: Int) -> [Int] {
        Set(statedDependencies[node].filter { selection.isSelected[$0] }) + selection.acrossGaps[node]
    }

    private func execution(of node: Int) -> PlannedExecution {
        var execution = Self.execution(of: definitions[node], in: pipeline, context, request)
        execution.resources = breakers.resources[node]
        return execution
    }

    /// What the command line says over what configuration says.
    static func execution(
        of node: NodeDefinition,
        in pipeline: PipelineDefinition,
        _ context: Context,
        _ request: PlanRequest
    ) -> PlannedExecution {
        var settings = context.execution(of: node, in: pipeline)
        settings.isolation = request.isolation ?? settings.isolation
        if request.isolatedNodes.contains(node.name) { settings.isolation = .process }
        return PlannedExecution(settings)
    }

    /// Only for functions that take the ML context.
    private func hyperparameters(of node: NodeDefinition, _ signature: NodeSignature) -> [String: ConfigValue] {
        signature.takesML ? context.hyperparameters(of: node, in: pipeline, request.machineLearning) : [:]
    }
}

extension PlannedInput {
    fileprivate func moved(to places: [Int]) -> PlannedInput {
        if case .result(let node, let id) = self { .result(node: places[node], id: id) } else { self }
    }
}
