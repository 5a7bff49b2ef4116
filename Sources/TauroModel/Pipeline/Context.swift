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
    /// What holds for all ML nodes.
    public var mlInfo: MLInfo
    /// Pipelines in the order of the file.
    public var pipelines: [PipelineDefinition] { didSet { pipelineIndex = Self.index(pipelines, by: \.name) } }
    /// Nodes in the order of the file.
    public var nodes: [NodeDefinition] { didSet { nodeIndex = Self.index(nodes, by: \.name) } }
    /// Entries of `input.yaml` in the order of the file.
    public var inputs: [DatasetDefinition] { didSet { inputIndex = Self.index(inputs, by: \.id) } }
    /// Entries of `output.yaml` in the order of the file.
    public var outputs: [DatasetDefinition] { didSet { outputIndex = Self.index(outputs, by: \.id) } }

    /// The places of entries that could not be read in full: nothing is concluded from what they seem to lack.
    package var doubtful: Set<SourceLocation> = []

    // A plan asks for every node by name, so the names are looked up in tables, not in the lists.
    private var pipelineIndex: [String: Int]
    private var nodeIndex: [String: Int]
    private var inputIndex: [String: Int]
    private var outputIndex: [String: Int]

    /// Creates a context.
    public init(
        projectDirectory: String,
        environment: String? = nil,
        globalSettings: GlobalSettings,
        mlInfo: MLInfo = MLInfo(),
        pipelines: [PipelineDefinition],
        nodes: [NodeDefinition],
        inputs: [DatasetDefinition] = [],
        outputs: [DatasetDefinition] = []
    ) {
        self.projectDirectory = projectDirectory
        self.environment = environment
        self.globalSettings = globalSettings
        self.mlInfo = mlInfo
        self.pipelines = pipelines
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
        pipelineIndex = Self.index(pipelines, by: \.name)
        nodeIndex = Self.index(nodes, by: \.name)
        inputIndex = Self.index(inputs, by: \.id)
        outputIndex = Self.index(outputs, by: \.id)
    }

    /// Whether the entry at `location` could not be read in full.
    package func isDoubtful(_ location: SourceLocation?) -> Bool {
        if doubtful.isEmpty { return false }
        return location.map(doubtful.contains) ?? false
    }

    /// The pipeline called `name`.
    public func pipeline(_ name: String) -> PipelineDefinition? { pipelineIndex[name].map { pipelines[$0] } }

    /// The node called `name`.
    public func node(_ name: String) -> NodeDefinition? { nodeIndex[name].map { nodes[$0] } }

    /// The entry of `input.yaml` called `id`.
    public func input(_ id: String) -> DatasetDefinition? { inputIndex[id].map { inputs[$0] } }

    /// The entry of `output.yaml` called `id`; nil for an output without one.
    public func output(_ id: String) -> DatasetDefinition? { outputIndex[id].map { outputs[$0] } }

    private static func index<Item>(_ items: [Item], by name: (Item) -> String) -> [String: Int] {
        Dictionary(items.enumerated().map { (name($1), $0) }, uniquingKeysWith: { first, _ in first })
    }
}
