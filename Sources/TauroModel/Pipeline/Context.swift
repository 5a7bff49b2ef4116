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
    public var nodes: [NodeDefinition] {
        didSet {
            nodeIndex = Self.index(nodes, by: \.name)
            producers = OutputProducers(nodes)
        }
    }
    /// Entries of `input.yaml` in the order of the file.
    public var inputs: [DatasetDefinition] { didSet { inputIndex = Self.index(inputs, by: \.id) } }
    /// Entries of `output.yaml` in the order of the file.
    public var outputs: [DatasetDefinition] { didSet { outputIndex = Self.index(outputs, by: \.id) } }

    /// The places of entries that could not be read in full: nothing is concluded from what they seem to lack.
    package var doubtful: Set<SourceLocation> = [] {
        didSet { hasUnknownOutputs = nodes.contains { $0.outputs.isEmpty && isDoubtful($0.location) } }
    }
    /// Whether a node that could not be read in full may store more than is known.
    package private(set) var hasUnknownOutputs = false

    // A plan asks for every node by name, so the names are looked up in tables, not in the lists.
    private var pipelineIndex: [String: Int]
    private var nodeIndex: [String: Int]
    private var inputIndex: [String: Int]
    private var outputIndex: [String: Int]
    private var producers: OutputProducers

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
        producers = OutputProducers(nodes)
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

    /// A node of the project that stores its result as `id`, another one than that called `name`.
    package func node(storing id: String, otherThan name: String? = nil) -> NodeDefinition? {
        producers.producer(of: id, for: name.flatMap { nodeIndex[$0] }).map { nodes[$0] }
    }

    /// Whether results with this id are stored: by a node, or because `output.yaml` says so.
    package func stores(_ id: String) -> Bool { outputIndex[id] != nil || producers.producer(of: id, for: nil) != nil }

    /// Every id that a node or `output.yaml` stores results under.
    package var storedIDs: Set<String> { Set(producers.ids).union(outputIndex.keys) }

    private static func index<Item>(_ items: [Item], by name: (Item) -> String) -> [String: Int] {
        var index = [String: Int](minimumCapacity: items.count)
        // Of two of one name the first is meant.
        for place in items.indices.reversed() { index[name(items[place])] = place }
        return index
    }
}
