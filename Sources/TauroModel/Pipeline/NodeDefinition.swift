/// A node as configuration states it: which function, on what, into what.
///
/// Copies share their contents until one of them is changed, so that a plan of many nodes copies references.
public struct NodeDefinition: Sendable {
    private var storage: Storage

    /// The node's name, unique in the project.
    public var name: String {
        get { storage.contents.name }
        set { change { $0.name = newValue } }
    }
    /// The dotted name of the function, for example `flights.etl.clean`.
    public var function: Located<String> {
        get { storage.contents.function }
        set { change { $0.function = newValue } }
    }
    /// The ids of the inputs in the order the function takes them; nil when the key is absent, which passes the
    /// results of `dependencies` instead.
    public var inputs: [Located<String>]? {
        get { storage.contents.inputs }
        set { change { $0.inputs = newValue } }
    }
    /// The ids the result is stored under; a node may have none.
    public var outputs: [Located<String>] {
        get { storage.contents.outputs }
        set { change { $0.outputs = newValue } }
    }
    /// The nodes that must have completed before.
    public var dependencies: [Located<String>] {
        get { storage.contents.dependencies }
        set { change { $0.dependencies = newValue } }
    }
    /// Typed parameters of the function, by name.
    public var parameters: [String: ConfigValue] {
        get { storage.contents.parameters }
        set { change { $0.parameters = newValue } }
    }
    /// Hyperparameters, which reach the function through its ML context.
    public var hyperparameters: [String: ConfigValue] {
        get { storage.contents.hyperparameters }
        set { change { $0.hyperparameters = newValue } }
    }
    /// Names of metrics that the node is expected to report.
    public var metrics: [String] {
        get { storage.contents.metrics }
        set { change { $0.metrics = newValue } }
    }
    /// What the node is for, in the author's words.
    public var description: String? {
        get { storage.contents.description }
        set { change { $0.description = newValue } }
    }
    /// Words to select nodes by.
    public var tags: [String] {
        get { storage.contents.tags }
        set { change { $0.tags = newValue } }
    }
    /// What the rows of its result promise.
    public var checks: [DataCheck] {
        get { storage.contents.checks }
        set { change { $0.checks = newValue } }
    }
    /// How it is executed, as far as the node itself says.
    public var execution: ExecutionSettings {
        get { storage.contents.execution }
        set { change { $0.execution = newValue } }
    }
    /// The stream it reads, where `input` is a map.
    public var streamInput: StreamEndpoint? {
        get { storage.contents.streamInput }
        set { change { $0.streamInput = newValue } }
    }
    /// The stream it writes, where `output` is a map.
    public var streamOutput: StreamEndpoint? {
        get { storage.contents.streamOutput }
        set { change { $0.streamOutput = newValue } }
    }
    /// Where the node is written.
    public var location: SourceLocation? {
        get { storage.contents.location }
        set { change { $0.location = newValue } }
    }

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
        checks: [DataCheck] = [],
        execution: ExecutionSettings = ExecutionSettings(),
        streamInput: StreamEndpoint? = nil,
        streamOutput: StreamEndpoint? = nil,
        location: SourceLocation? = nil
    ) {
        storage = Storage(
            Contents(
                name: name,
                function: function,
                inputs: inputs,
                outputs: outputs,
                dependencies: dependencies,
                parameters: parameters,
                hyperparameters: hyperparameters,
                metrics: metrics,
                description: description,
                tags: tags,
                checks: checks,
                execution: execution,
                streamInput: streamInput,
                streamOutput: streamOutput,
                location: location
            )
        )
    }

    private mutating func change(_ edit: (inout Contents) -> Void) {
        var contents = storage.contents
        edit(&contents)
        storage = Storage(contents)
    }
}

extension NodeDefinition {
    private final class Storage: Sendable {
        let contents: Contents

        init(_ contents: Contents) { self.contents = contents }
    }

    private struct Contents: Sendable {
        var name: String
        var function: Located<String>
        var inputs: [Located<String>]?
        var outputs: [Located<String>]
        var dependencies: [Located<String>]
        var parameters: [String: ConfigValue]
        var hyperparameters: [String: ConfigValue]
        var metrics: [String]
        var description: String?
        var tags: [String]
        var checks: [DataCheck]
        var execution: ExecutionSettings
        var streamInput: StreamEndpoint?
        var streamOutput: StreamEndpoint?
        var location: SourceLocation?
    }
}
