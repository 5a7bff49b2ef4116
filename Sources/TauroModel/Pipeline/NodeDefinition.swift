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
        get { storage.contents.rest.parameters }
        set { change { $0.rest.parameters = newValue } }
    }
    /// Hyperparameters, which reach the function through its ML context.
    public var hyperparameters: [String: ConfigValue] {
        get { storage.contents.rest.hyperparameters }
        set { change { $0.rest.hyperparameters = newValue } }
    }
    /// Names of metrics that the node is expected to report.
    public var metrics: [String] {
        get { storage.contents.rest.metrics }
        set { change { $0.rest.metrics = newValue } }
    }
    /// What the node is for, in the author's words.
    public var description: String? {
        get { storage.contents.rest.description }
        set { change { $0.rest.description = newValue } }
    }
    /// Words to select nodes by.
    public var tags: [String] {
        get { storage.contents.rest.tags }
        set { change { $0.rest.tags = newValue } }
    }
    /// What the rows of its result promise.
    public var checks: [DataCheck] {
        get { storage.contents.rest.checks }
        set { change { $0.rest.checks = newValue } }
    }
    /// How it is executed, as far as the node itself says.
    public var execution: ExecutionSettings {
        get { storage.contents.rest.execution }
        set { change { $0.rest.execution = newValue } }
    }
    /// The stream it reads, where `input` is a map.
    public var streamInput: StreamEndpoint? {
        get { storage.contents.rest.streamInput }
        set { change { $0.rest.streamInput = newValue } }
    }
    /// The stream it writes, where `output` is a map.
    public var streamOutput: StreamEndpoint? {
        get { storage.contents.rest.streamOutput }
        set { change { $0.rest.streamOutput = newValue } }
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
        let rest = Rest(
            parameters: parameters,
            hyperparameters: hyperparameters,
            metrics: metrics,
            description: description,
            tags: tags,
            checks: checks,
            execution: execution,
            streamInput: streamInput,
            streamOutput: streamOutput
        )
        storage = Storage(
            Contents(
                name: name,
                function: function,
                inputs: inputs,
                outputs: outputs,
                dependencies: dependencies,
                location: location,
                shared: rest.saysNothing ? .nothing : SharedRest(rest)
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
        var location: SourceLocation?
        var shared: SharedRest

        var rest: Rest {
            get { shared.rest }
            set { shared = SharedRest(newValue) }
        }
    }

    /// What most nodes of a large pipeline say nothing of; those have one object for it together.
    private struct Rest: Sendable {
        var parameters: [String: ConfigValue] = [:]
        var hyperparameters: [String: ConfigValue] = [:]
        var metrics: [String] = []
        var description: String?
        var tags: [String] = []
        var checks: [DataCheck] = []
        var execution = ExecutionSettings()
        var streamInput: StreamEndpoint?
        var streamOutput: StreamEndpoint?

        var saysNothing: Bool {
            parameters.isEmpty && hyperparameters.isEmpty && metrics.isEmpty && description == nil && tags.isEmpty
                && checks.isEmpty && streamInput == nil && streamOutput == nil && execution == ExecutionSettings()
        }
    }

    private final class SharedRest: Sendable {
        static let nothing = SharedRest(Rest())

        let rest: Rest

        init(_ rest: Rest) { self.rest = rest }
    }
}
