/// What a run was asked for and what it is made of, as its directory keeps it: enough to show it, and to resume it in the
/// same words.
package struct RunRecord: Sendable, Hashable {
    /// One node of the plan.
    package struct Node: Sendable, Hashable {
        /// Its name.
        package let name: String
        /// The dotted name of its function.
        package let function: String
        /// The plugin file.
        package let plugin: String
        /// The nodes that it waits for, by their names.
        package let dependencies: [String]
        /// The ids of what it reads, in the order the function takes them.
        package let inputs: [String]
        /// The ids of what it stores.
        package let outputs: [String]
        /// What its result depends on.
        package let fingerprint: NodeFingerprint

        package init(
            name: String,
            function: String,
            plugin: String,
            dependencies: [String],
            inputs: [String],
            outputs: [String],
            fingerprint: NodeFingerprint
        ) {
            self.name = name
            self.function = function
            self.plugin = plugin
            self.dependencies = dependencies
            self.inputs = inputs
            self.outputs = outputs
            self.fingerprint = fingerprint
        }
    }

    /// The run's id.
    package let id: String
    /// The pipeline's name.
    package let pipeline: String
    /// What kind of pipeline it is.
    package let kind: PipelineDefinition.Kind
    /// The engine's name.
    package let engine: String
    /// The days it covers.
    package let dates: DateWindow
    /// How many nodes may run at once.
    package let maxWorkers: Int
    /// What the call asked for.
    package let request: RunRequest
    /// The nodes in execution order.
    package let nodes: [Node]

    package init(
        id: String,
        pipeline: String,
        kind: PipelineDefinition.Kind,
        engine: String,
        dates: DateWindow,
        maxWorkers: Int,
        request: RunRequest,
        nodes: [Node]
    ) {
        self.id = id
        self.pipeline = pipeline
        self.kind = kind
        self.engine = engine
        self.dates = dates
        self.maxWorkers = maxWorkers
        self.request = request
        self.nodes = nodes
    }
}

/// What the call that began a run said, for `--resume` to say again.
package struct RunRequest: Sendable, Hashable {
    /// The environment whose overlay holds; nil for none.
    package var environment: String?
    /// `--param`, with values as written.
    package var parameters: [CommandLineParameter]
    /// `--hyperparam`, with values as they were read.
    package var hyperparameters: [String: ConfigValue]
    /// `--model-version`.
    package var modelVersion: String?
    /// Which nodes were wanted.
    package var selection: SelectionRequest
    /// `--isolation`.
    package var isolation: NodeIsolation?

    package init(
        environment: String? = nil,
        parameters: [CommandLineParameter] = [],
        hyperparameters: [String: ConfigValue] = [:],
        modelVersion: String? = nil,
        selection: SelectionRequest = SelectionRequest(),
        isolation: NodeIsolation? = nil
    ) {
        self.environment = environment
        self.parameters = parameters
        self.hyperparameters = hyperparameters
        self.modelVersion = modelVersion
        self.selection = selection
        self.isolation = isolation
    }

    /// The same call, which resumes a run: what it does not say is as the call that began the run said it.
    package func filled(from recorded: RunRequest) -> RunRequest {
        let named = Set(parameters.map { "\($0.node).\($0.name)" })
        return RunRequest(
            environment: environment ?? recorded.environment,
            parameters: recorded.parameters.filter { !named.contains("\($0.node).\($0.name)") } + parameters,
            hyperparameters: recorded.hyperparameters.merging(hyperparameters) { _, new in new },
            modelVersion: modelVersion ?? recorded.modelVersion,
            selection: selection.isEmpty ? recorded.selection : selection,
            isolation: isolation ?? recorded.isolation
        )
    }
}
