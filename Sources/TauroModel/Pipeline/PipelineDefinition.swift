/// A pipeline as configuration states it: a named list of nodes.
public struct PipelineDefinition: Sendable {
    /// What kind of nodes a pipeline holds.
    public enum Kind: String, Sendable, CaseIterable {
        case batch
        case streaming
        case hybrid
        case ml
    }

    /// The pipeline's name, unique in the project.
    public var name: String
    /// What kind of pipeline it is.
    public var kind: Kind
    /// The names of its nodes, in the order of the file.
    public var nodes: [Located<String>]
    /// What the pipeline is for, in the author's words.
    public var description: String?
    /// Defaults for the typed parameters of its nodes; each reaches only the nodes that declare it.
    public var parameters: [String: ConfigValue]
    /// Defaults for the hyperparameters of its nodes.
    public var hyperparameters: [String: ConfigValue]
    /// Tags of those of its nodes that have none of their own.
    public var tags: [String]
    /// The version of the model its nodes train or use.
    public var modelVersion: String?
    /// How many nodes may run at once, if the pipeline says.
    public var maxWorkers: Int?
    /// Whether a run must have a first and a last day.
    public var requiresDates: Bool
    /// How its nodes are executed where they do not say it themselves.
    public var execution: ExecutionSettings
    /// Where the pipeline is written.
    public var location: SourceLocation?

    /// Creates a pipeline.
    public init(
        name: String,
        kind: Kind = .batch,
        nodes: [Located<String>],
        description: String? = nil,
        parameters: [String: ConfigValue] = [:],
        hyperparameters: [String: ConfigValue] = [:],
        tags: [String] = [],
        modelVersion: String? = nil,
        maxWorkers: Int? = nil,
        requiresDates: Bool = false,
        execution: ExecutionSettings = ExecutionSettings(),
        location: SourceLocation? = nil
    ) {
        self.name = name
        self.kind = kind
        self.nodes = nodes
        self.description = description
        self.parameters = parameters
        self.hyperparameters = hyperparameters
        self.tags = tags
        self.modelVersion = modelVersion
        self.maxWorkers = maxWorkers
        self.requiresDates = requiresDates
        self.execution = execution
        self.location = location
    }
}
