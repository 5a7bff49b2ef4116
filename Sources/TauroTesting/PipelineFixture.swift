package import TauroModel

/// Builds small projects in memory, so that a test reads like a sentence.
package struct PipelineFixture {
    private var nodes: [NodeDefinition] = []
    private var signatures: [NodeSignature] = []
    private var inputs: [DatasetDefinition] = []
    private var globalParameters: [String: ConfigValue] = [:]
    private var pipelineParameters: [String: ConfigValue] = [:]

    package init() {}

    /// Adds a node whose function takes one frame for each input, or what `signature` says.
    package mutating func node(
        _ name: String,
        inputs: [String]? = nil,
        outputs: [String] = [],
        after dependencies: [String] = [],
        parameters: [String: ConfigValue] = [:],
        takes: [NodeSignature.Input]? = nil,
        declares: [NodeSignature.Parameter] = [],
        returns: NodeSignature.Result = .frame,
        takesML: Bool = false,
        hyperparameters: [String: ConfigValue] = [:],
        tags: [String] = []
    ) {
        let function = "test.\(name)"
        let passed = inputs ?? dependencies
        nodes.append(
            NodeDefinition(
                name: name,
                function: Located(function),
                inputs: inputs.map { $0.map { Located($0) } },
                outputs: outputs.map { Located($0) },
                dependencies: dependencies.map { Located($0) },
                parameters: parameters,
                hyperparameters: hyperparameters,
                tags: tags
            )
        )
        signatures.append(
            NodeSignature(
                name: function,
                symbol: name,
                result: returns,
                inputs: takes ?? passed.indices.map { NodeSignature.Input(kind: .frame, name: "input_\($0)") },
                takesML: takesML,
                parameters: declares,
                plugin: PipelineFixture.plugin
            )
        )
    }

    /// Adds an entry of `input.yaml`.
    package mutating func input(_ id: String) {
        inputs.append(DatasetDefinition(id: id, format: Located("csv"), path: Located("/project/data/\(id).csv")))
    }

    /// Sets defaults for parameters in global settings and on the pipeline.
    package mutating func defaults(global: [String: ConfigValue] = [:], pipeline: [String: ConfigValue] = [:]) {
        globalParameters = global
        pipelineParameters = pipeline
    }

    /// The project: one pipeline `p` with all nodes in the order they were added.
    package func context() -> Context {
        let settings = GlobalSettings(
            inputPath: "/project/data",
            outputPath: "/project/out",
            parameters: globalParameters
        )
        let pipeline = PipelineDefinition(
            name: "p",
            nodes: nodes.map { Located($0.name) },
            parameters: pipelineParameters
        )
        return Context(
            projectDirectory: "/project",
            globalSettings: settings,
            pipelines: [pipeline],
            nodes: nodes,
            inputs: inputs
        )
    }

    /// The functions of the nodes.
    package func functions() -> FakeSignatures { FakeSignatures(signatures) }

    /// A plugin that is not on disk.
    package static let plugin = NodeSignature.Plugin(
        path: "/project/plugins/test.so",
        name: "test",
        version: "1.0.0",
        isSerial: false
    )
}

/// Signatures from a list.
package struct FakeSignatures: SignatureSource {
    private let signatures: [String: NodeSignature]
    package var refusals: [PluginRefusal]
    /// What the lock says, by the plugins' paths; others have none.
    package var lockStates: [String: PluginLockState] = [:]

    package init(_ signatures: [NodeSignature], refusals: [PluginRefusal] = []) {
        self.signatures = Dictionary(signatures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.refusals = refusals
    }

    package func signature(named name: String) -> NodeSignature? { signatures[name] }
    package var names: [String] { signatures.keys.sorted() }
    package var searchedDirectories: [String] { ["/project/plugins"] }

    package func lockState(of plugin: NodeSignature.Plugin) -> PluginLockState { lockStates[plugin.path] ?? .noLock }
}

extension ConfigValue {
    /// A value that was written nowhere.
    package static func of(_ content: Content) -> ConfigValue {
        ConfigValue(content, at: SourceLocation(file: "test"))
    }
}
