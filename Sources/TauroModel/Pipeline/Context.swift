/// A project's configuration as one immutable value; everything else takes it.
///
/// Loaded from disk by TauroConfig, or built in memory by an embedder.
public struct Context: Sendable {
    /// Absolute directory of the project.
    public var projectDirectory: String
    /// The environment whose overlay was applied, if any.
    public var environment: String?
    /// The project's settings.
    public var globalSettings: GlobalSettings
    /// Pipelines in the order of the file.
    public var pipelines: [PipelineDefinition]
    /// Nodes in the order of the file.
    public var nodes: [NodeDefinition]
    /// Entries of `input.yaml` in the order of the file.
    public var inputs: [DatasetDefinition]
    /// Entries of `output.yaml` in the order of the file.
    public var outputs: [DatasetDefinition]

    /// Creates a context.
    public init(
        projectDirectory: String, environment: String? = nil, globalSettings: GlobalSettings,
        pipelines: [PipelineDefinition], nodes: [NodeDefinition], inputs: [DatasetDefinition] = [],
        outputs: [DatasetDefinition] = []
    ) {
        self.projectDirectory = projectDirectory
        self.environment = environment
        self.globalSettings = globalSettings
        self.pipelines = pipelines
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The pipeline called `name`.
    public func pipeline(_ name: String) -> PipelineDefinition? { pipelines.first { $0.name == name } }

    /// The node called `name`.
    public func node(_ name: String) -> NodeDefinition? { nodes.first { $0.name == name } }
}
