/// What a plugin's note says about one node function.
///
/// Known without loading the plugin.
public struct NodeSignature: Sendable, Hashable {
    /// What a function returns.
    public enum Result: String, Sendable, Hashable {
        case frame
        case artifact
        case nothing
    }

    /// One input of a function.
    public struct Input: Sendable, Hashable {
        /// What the input is.
        ///
        /// Raw values are the words of the note.
        public enum Kind: String, Sendable, Hashable {
            case frame
            case artifact
            /// All remaining inputs; always the last one.
            case frames
        }

        /// What the input is.
        public let kind: Kind
        /// Its name, which is also its table name in SQL.
        public let name: String

        /// Creates an input.
        public init(kind: Kind, name: String) {
            self.kind = kind
            self.name = name
        }
    }

    /// One typed parameter of a function.
    public struct Parameter: Sendable, Hashable {
        /// The parameter's name, `$name` in SQL.
        public let name: String
        /// Its type.
        public let type: ParameterType
        /// Its default; nil when a value must be given.
        public let defaultValue: ParameterValue?

        /// Creates a parameter.
        public init(name: String, type: ParameterType, defaultValue: ParameterValue?) {
            self.name = name
            self.type = type
            self.defaultValue = defaultValue
        }
    }

    /// The file a node is in.
    public struct Plugin: Sendable, Hashable {
        /// Absolute path of the shared library.
        public let path: String
        /// The name the plugin gives itself, else its file's name.
        public let name: String
        /// The version the plugin gives itself; empty if it gives none.
        public let version: String
        /// Whether it takes one call at a time in a process.
        public let isSerial: Bool
        /// What a loader holds the file to; nil for a plugin that is not on disk.
        package var ticket: LoadingTicket?

        /// Creates a plugin's description.
        public init(path: String, name: String, version: String, isSerial: Bool) {
            self.path = path
            self.name = name
            self.version = version
            self.isSerial = isSerial
        }
    }

    /// The dotted name that configuration uses.
    public let name: String
    /// The symbol of the function in the shared library.
    public let symbol: String
    /// What the node does, in its author's words.
    public let documentation: String?
    /// What it returns.
    public let result: Result
    /// Whether it may be called once per partition of its input.
    public let isRowwise: Bool
    /// Its inputs in order.
    public let inputs: [Input]
    /// Whether it takes the ML context.
    public let takesML: Bool
    /// Its typed parameters in order.
    public let parameters: [Parameter]
    /// Where it is.
    public package(set) var plugin: Plugin

    /// Creates a signature.
    public init(
        name: String,
        symbol: String,
        documentation: String? = nil,
        result: Result = .frame,
        isRowwise: Bool = false,
        inputs: [Input] = [],
        takesML: Bool = false,
        parameters: [Parameter] = [],
        plugin: Plugin
    ) {
        self.name = name
        self.symbol = symbol
        self.documentation = documentation
        self.result = result
        self.isRowwise = isRowwise
        self.inputs = inputs
        self.takesML = takesML
        self.parameters = parameters
        self.plugin = plugin
    }
}
