/// A node as configuration states it: which function, on what, into what.
public struct NodeDefinition: Sendable {
    /// The node's name, unique in the project.
    public var name: String
    /// The dotted name of the function, for example `flights.etl.clean`.
    public var function: Located<String>
    /// The ids of the inputs in the order the function takes them; nil when the key is absent, which passes the
    /// results of `dependencies` instead.
    public var inputs: [Located<String>]?
    /// The ids the result is stored under; a node may have none.
    public var outputs: [Located<String>]
    /// The nodes that must have completed before.
    public var dependencies: [Located<String>]
    /// Typed parameters of the function, by name.
    public var parameters: [String: ConfigValue]
    /// Hyperparameters, which reach the function through its ML context.
    public var hyperparameters: [String: ConfigValue]
    /// Names of metrics that the node is expected to report.
    public var metrics: [String]
    /// What the node is for, in the author's words.
    public var description: String?
    /// Words to select nodes by.
    public var tags: [String]
    /// How it is executed, as far as the node itself says.
    public var execution: ExecutionSettings
    /// The stream it reads, where `input` is a map.
    public var streamInput: StreamEndpoint?
    /// The stream it writes, where `output` is a map.
    public var streamOutput: StreamEndpoint?
    /// Where its query keeps its progress, as its `streaming` block says.
    public var checkpointLocation: String?
    /// Where the node is written.
    public var location: SourceLocation?

    /// Creates a node.
    public init(
        name: String,
        function: Located<String>,
        inputs: [Located<String>]? = nil,
        outputs: [Located<String>] = [],
        dependencies: [Located<String>] = [],
        parameters: [String: ConfigValue] = [:],
        hyperparameters: [String: ConfigValue] = [:],
        metrics: [String] = [],
        description: String? = nil,
        tags: [String] = [],
        execution: ExecutionSettings = ExecutionSettings(),
        streamInput: StreamEndpoint? = nil,
        streamOutput: StreamEndpoint? = nil,
        checkpointLocation: String? = nil,
        location: SourceLocation? = nil
    ) {
        self.name = name
        self.function = function
        self.inputs = inputs
        self.outputs = outputs
        self.dependencies = dependencies
        self.parameters = parameters
        self.hyperparameters = hyperparameters
        self.metrics = metrics
        self.description = description
        self.tags = tags
        self.execution = execution
        self.streamInput = streamInput
        self.streamOutput = streamOutput
        self.checkpointLocation = checkpointLocation
        self.location = location
    }
}
