import TauroBasics
package import TauroModel

/// Resolves a request against configuration and plugins: every name, value and edge, and every problem at once.
package struct PlanBuilder {
    let context: Context
    let signatures: any SignatureSource
    let datasets: any DatasetChecker
    let request: PlanRequest
    var diagnostics: [Diagnostic] = []
    var nearestNames = NearestNames()
    /// Nodes of the pipeline, by the entries of `input.yaml` that lie where they store their outputs.
    var storers: [String: Int] = [:]
    /// What those inputs read that are queries, by their ids.
    var readByQueries: [String: [PlannedInput]] = [:]
    /// Nodes of the pipeline, by the outputs they store that queries read.
    var outputStorers: [String: Int] = [:]
    /// The outputs of the project that entries of `input.yaml` lie in; nil until someone asks.
    var outputsOfInputs: [String: String]?
    /// A pipeline of each node that some pipeline lists, rather this one than another; nil until someone asks.
    var pipelinesOfNodes: [String: String]?

    /// Creates a builder.
    ///
    /// Nothing is loaded or run.
    package init(
        context: Context,
        signatures: any SignatureSource,
        datasets: any DatasetChecker,
        request: PlanRequest
    ) {
        self.context = context
        self.signatures = signatures
        self.datasets = datasets
        self.request = request
    }

    /// Builds the plan.
    package mutating func build() -> PlanResult {
        let plan = makePlan()
        let hasErrors = diagnostics.contains { $0.severity == .error }
        let sorted = diagnostics.sortedByPlace()
        if !hasErrors { return PlanResult(plan: plan, diagnostics: sorted) }
        return PlanResult(plan: nil, diagnostics: SearchFacts(signatures).toldOnce(in: sorted))
    }

    private mutating func makePlan() -> ExecutionPlan? {
        guard let pipeline = findPipeline(), !context.isDoubtful(pipeline.location) else { return nil }
        diagnostics += PipelineValidator.validatePipelineConfig(pipeline)
        diagnostics += PipelineValidator.validateRunnable(pipeline, isToRun: request.isToRun)
        let dates = resolveDates(pipeline)
        reportDuplicateFunctions()
        let definitions = findNodes(of: pipeline)
        checkStreams(of: definitions, in: pipeline)
        let sources = InputResolver(context: context, definitions: definitions)
        let places = definitions.indices
        let outputs = places.map { resolveOutputs(of: definitions[$0]) }
        findStorers(definitions, outputs)
        findQueries(of: definitions, outputs)
        let stated = places.map { whatIsStoredBefore($0, definitions, in: pipeline, sources) }
        let dependencies = places.map { stated[$0] + sources.producers(of: definitions[$0]) }
        let whole = DependencyGraph(names: definitions.map(\.name), dependencies: dependencies)
        let order = topologicalOrder(whole, definitions)
        let isSelected = select(definitions, whole)
        let signatures = places.map { isSelected[$0] ? findSignature(of: definitions[$0]) : nil }
        checkLock(definitions, signatures)
        let inputs = places.map { place in
            isSelected[place] ? resolveInputs(of: definitions[place], signatures[place], sources) : []
        }
        checkKinds(definitions, signatures, inputs)
        checkContracts(definitions, signatures, outputs)
        let read = places.map { readStored(inputs[$0], of: definitions[$0], definitions, isSelected) }
        checkDatasets(definitions, read, signatures, outputs, isSelected)
        let parameters = places.map { bindParameters(of: definitions[$0], signatures[$0], pipeline) }
        reportParametersOfOtherNodes(definitions, isSelected, in: pipeline)
        reportUnreadValues(definitions, signatures, of: pipeline)
        checkExecution(of: definitions.indices.filter { isSelected[$0] }.map { definitions[$0] }, in: pipeline)
        let breakers = assignBreakers(definitions, read, outputs, in: pipeline)
        guard let order else { return nil }
        let assembly = PlanAssembly(
            pipeline: pipeline,
            dates: dates,
            definitions: definitions,
            signatures: signatures,
            inputs: read,
            parameters: parameters,
            outputs: outputs,
            statedDependencies: stated,
            breakers: breakers,
            selection: SelectedGraph(whole, order: order, isSelected: isSelected),
            order: order.filter { isSelected[$0] },
            request: request,
            context: context
        )
        return assembly.plan()
    }

    /// Finds what the nodes store that others read as entries of `input.yaml`, and where they get into each other's way.
    private mutating func findStorers(_ definitions: [NodeDefinition], _ outputs: [[DatasetDefinition]]) {
        let paths = OutputPaths(definitions, outputs)
        diagnostics += paths.repeated() + paths.nested()
        storers = paths.storers(of: context.inputs).mapValues(\.node)
    }

    private mutating func checkStreams(of definitions: [NodeDefinition], in pipeline: PipelineDefinition) {
        if definitions.contains(where: { context.isDoubtful($0.location) }) { return }
        switch pipeline.kind {
        case .batch, .ml: diagnostics += PipelineValidator.validateBatchNodes(definitions, of: pipeline)
        case .streaming, .hybrid:
            diagnostics += PipelineValidator.validateHybridPipeline(pipeline, in: context).findings
        }
    }

    private mutating func findPipeline() -> PipelineDefinition? {
        if let pipeline = context.pipeline(request.pipeline) { return pipeline }
        let names = context.pipelines.map(\.name)
        let known = names.isEmpty ? "the project has no pipelines" : "pipelines: \(names.joined(separator: ", "))"
        let notes = NearestName.note(NearestName.nearest(to: request.pipeline, in: names)) + [known]
        diagnostics.append(
            Diagnostic(.error, .configuration, "Pipeline '\(request.pipeline)' not found", notes: notes)
        )
        return nil
    }

    private mutating func resolveDates(_ pipeline: PipelineDefinition) -> DateWindow {
        let settings = context.globalSettings
        diagnostics += PipelineValidator.validateRequiredParams(
            pipelineName: pipeline.name,
            startDate: request.startDate,
            endDate: request.endDate,
            contextStartDate: settings.startDate,
            contextEndDate: settings.endDate,
            requiresDates: pipeline.requiresDates
        )
        return DateWindow(
            start: request.startDate ?? settings.startDate?.value,
            end: request.endDate ?? settings.endDate?.value
        )
    }

    private mutating func findNodes(of pipeline: PipelineDefinition) -> [NodeDefinition] {
        var seen: Set<String> = []
        let names = pipeline.nodes.filter { seen.insert($0.value).inserted }
        let definitions = names.compactMap { context.node($0.value, in: pipeline) }
        if definitions.count < names.count {
            let nodes = Dictionary(context.nodes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            diagnostics += PipelineValidator.validateNodeConfigs(pipeline, nodes: nodes)
        }
        return definitions
    }

    private mutating func resolveDependencies(
        of definition: NodeDefinition,
        in pipeline: PipelineDefinition,
        _ sources: InputResolver
    ) -> [Int] {
        var places: [Int] = []
        for dependency in definition.dependencies {
            if let index = sources.index(ofNode: dependency.value) {
                places.append(index)
            } else {
                reportOutside(dependency, of: definition, pipeline)
            }
        }
        return places
    }

    /// The nodes that must be stored before the one at `place` starts.
    private mutating func whatIsStoredBefore(
        _ place: Int,
        _ definitions: [NodeDefinition],
        in pipeline: PipelineDefinition,
        _ sources: InputResolver
    ) -> [Int] {
        let stated = resolveDependencies(of: definitions[place], in: pipeline, sources)
        return storers.isEmpty && outputStorers.isEmpty ? stated : stated + storers(for: place, definitions, sources)
    }

    private mutating func reportOutside(
        _ dependency: Located<String>,
        of definition: NodeDefinition,
        _ pipeline: PipelineDefinition
    ) {
        let cure = "add '\(dependency.value)' to the nodes of pipeline '\(pipeline.name)', or remove the dependency"
        let nearest = nearestNames.nearest(to: dependency.value, in: pipeline.nodes.map(\.value))
        diagnostics.append(
            Diagnostic(
                .error,
                .validation,
                DependencyResolver.outsidePipeline(dependency.value, of: definition.name),
                at: dependency.location ?? definition.location,
                notes: NearestName.note(nearest) + [cure]
            )
        )
    }

    private mutating func topologicalOrder(_ graph: DependencyGraph, _ definitions: [NodeDefinition]) -> [Int]? {
        if let order = try? graph.topologicalOrder() { return order }
        for cycle in graph.cycles() {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .validation,
                    CircularDependencyError(cycle: cycle.map { graph.names[$0] }).message,
                    at: definitions[cycle[0]].location,
                    notes: ["remove one of these dependencies: each of these nodes waits for the one before it"]
                        + (storers.isEmpty && outputStorers.isEmpty
                            ? [] : ["who reads a file that another node stores waits for that node too"])
                )
            )
        }
        return nil
    }
}
