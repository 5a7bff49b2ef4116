public import TauroIO
public import TauroModel

/// Runs nodes of a pipeline without the rest of it, as `tauro-host run --node` does.
///
/// What a node reads of others that are left out is what an earlier run stored of it. Each call is a run of its own, with a
/// journal and a summary. Safe from any thread.
public struct NodeExecutor: Sendable {
    private let executor: BaseExecutor
    private let maxWorkers: Int?

    /// Creates an executor for the nodes of a project.
    ///
    /// - Parameters:
    ///   - context: the project.
    ///   - inputLoader: opens datasets.
    ///   - outputManager: stores results.
    ///   - maxWorkers: how many nodes may run at once, at least 1; pipeline, then global settings decide where none is given.
    /// - Throws: `ConfigurationError` when plugin directories can not be searched, or the lock can not be used.
    public init(
        context: Context,
        inputLoader: InputLoader,
        outputManager: DataOutputManager,
        maxWorkers: Int? = nil
    ) throws {
        let executor = try BaseExecutor(context: context, inputLoader: inputLoader, outputManager: outputManager)
        self.init(executor, maxWorkers: maxWorkers)
    }

    /// Creates an executor for the nodes of another executor's project.
    public init(_ executor: BaseExecutor, maxWorkers: Int? = nil) {
        self.executor = executor
        self.maxWorkers = maxWorkers
    }

    /// Runs one node and says what became of it; its failure is told in the summary, not thrown.
    ///
    /// Blocks the calling thread.
    ///
    /// - Parameters:
    ///   - name: the node.
    ///   - pipeline: the pipeline that it is run as a part of.
    ///   - startDate: first day, `YYYY-MM-DD`; global settings decide where none is given.
    ///   - endDate: last day, inclusive.
    ///   - modelVersion: the version of the model; configuration decides where none is given.
    ///   - hyperparams: values that win over all that configuration says.
    ///   - observers: who watches.
    ///   - cancellation: stops the run, from any thread.
    /// - Returns: what became of the node.
    /// - Throws: `ValidationError` with every finding when the node can not run; `ResourceError` when the run's files can not be
    ///   written.
    public func executeSingleNode(
        _ name: String,
        pipeline: String,
        startDate: String? = nil,
        endDate: String? = nil,
        modelVersion: String? = nil,
        hyperparams: [String: ConfigValue] = [:],
        observers: [any RunObserver] = [],
        cancellation: CancellationToken = CancellationToken()
    ) throws -> NodeSummary {
        let summary = try executeNodesParallel(
            [name],
            pipeline: pipeline,
            startDate: startDate,
            endDate: endDate,
            modelVersion: modelVersion,
            hyperparams: hyperparams,
            observers: observers,
            cancellation: cancellation
        )
        guard let node = summary.nodes.first else { preconditionFailure("a run of one node has one") }
        return node
    }

    /// Runs nodes, those that do not depend on each other at once, and says what became of them; a failed node is told in the
    /// summary, not thrown.
    ///
    /// Blocks the calling thread. The order of `names` does not matter: dependencies decide.
    ///
    /// - Parameters:
    ///   - names: the nodes, at least one.
    ///   - pipeline: the pipeline that they are run as a part of.
    ///   - startDate: first day, `YYYY-MM-DD`; global settings decide where none is given.
    ///   - endDate: last day, inclusive.
    ///   - modelVersion: the version of the model; configuration decides where none is given.
    ///   - hyperparams: values that win over all that configuration says.
    ///   - maxWorkers: how many nodes may run at once, at least 1; the executor's own number where none is given.
    ///   - observers: who watches.
    ///   - cancellation: stops the run, from any thread.
    /// - Returns: what became of the run and of each node that was named.
    /// - Throws: `ValidationError` with every finding when they can not run; `ResourceError` when the run's files can not be
    ///   written.
    public func executeNodesParallel(
        _ names: [String],
        pipeline: String,
        startDate: String? = nil,
        endDate: String? = nil,
        modelVersion: String? = nil,
        hyperparams: [String: ConfigValue] = [:],
        maxWorkers: Int? = nil,
        observers: [any RunObserver] = [],
        cancellation: CancellationToken = CancellationToken()
    ) throws -> RunSummary {
        try NodeExecutor.check(names, of: pipeline)
        return try executor.execute(
            EmbeddedCall(
                pipeline: pipeline,
                startDate: startDate,
                endDate: endDate,
                maxWorkers: maxWorkers ?? self.maxWorkers,
                request: RunRequest(
                    environment: executor.context.environment,
                    hyperparameters: hyperparams,
                    modelVersion: modelVersion,
                    selection: SelectionRequest(nodes: names)
                ),
                observers: observers,
                cancellation: cancellation
            )
        )
    }

    /// Holds names to be names: a selection of none would be all nodes, and `--node` takes patterns.
    private static func check(_ names: [String], of pipeline: String) throws(ValidationError) {
        let pattern = names.first { $0.utf8.contains(UInt8(ascii: "*")) }
        guard names.isEmpty || pattern != nil else { return }
        let problem = pattern.map { "'\($0)' is a pattern, not the name of a node" } ?? "no node was named"
        let finding = Diagnostic(
            .error,
            .validation,
            "Pipeline '\(pipeline)': \(problem)",
            notes: ["name each node, at least one; BaseExecutor.executePipeline runs all of them"]
        )
        throw ValidationError(operation: "validate \(pipeline)", diagnostics: [finding])
    }
}
