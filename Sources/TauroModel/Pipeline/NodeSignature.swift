/// What a plugin's note says about one node function.
///
/// Known without loading the plugin. Copies share their contents.
public struct NodeSignature: Sendable, Hashable {
    private var storage: Storage

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

        /// A file of which nothing but its path is known.
        package static func unread(path: String) -> Plugin {
            Plugin(path: path, name: "", version: "", isSerial: false)
        }
    }

    /// The dotted name that configuration uses.
    public var name: String { storage.contents.name }
    /// The symbol of the function in the shared library.
    public var symbol: String { storage.contents.symbol }
    /// What the node does, in its author's words.
    public var documentation: String? { storage.contents.documentation }
    /// What it returns.
    public var result: Result { storage.contents.result }
    /// Whether it may be called once per partition of its input.
    public var isRowwise: Bool { storage.contents.isRowwise }
    /// Its inputs in order.
    public var inputs: [Input] { storage.contents.inputs }
    /// Whether it takes the ML context.
    public var takesML: Bool { storage.contents.takesML }
    /// Its typed parameters in order.
    public var parameters: [Parameter] { storage.contents.parameters }
    /// Where it is.
    public package(set) var plugin: Plugin {
        get { storage.contents.plugin }
        set {
            var contents = storage.contents
            contents.plugin = newValue
            storage = Storage(contents)
        }
    }

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
        storage = Storage(
            Contents(
                name: name,
                symbol: symbol,
                documentation: documentation,
                result: result,
                isRowwise: isRowwise,
                inputs: inputs,
                takesML: takesML,
                parameters: parameters,
                plugin: plugin
            )
        )
    }
}

extension NodeSignature {
    private final class Storage: Sendable, Hashable {
        let contents: Contents

        init(_ contents: Contents) { self.contents = contents }

        static func == (left: Storage, right: Storage) -> Bool { left === right || left.contents == right.contents }

        func hash(into hasher: inout Hasher) { hasher.combine(contents) }
    }

    private struct Contents: Sendable, Hashable {
        let name: String
        let symbol: String
        let documentation: String?
        let result: Result
        let isRowwise: Bool
        let inputs: [Input]
        let takesML: Bool
        let parameters: [Parameter]
        var plugin: Plugin
    }
}
