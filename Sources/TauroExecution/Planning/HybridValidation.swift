public import TauroModel

/// What was found out about a pipeline of batch and streaming nodes.
public struct HybridValidation: Sendable {
    /// A streaming node and the batch nodes it waits for.
    public struct CrossDependency: Sendable, Hashable {
        /// The streaming node.
        public let streamingNode: String
        /// The batch nodes, in the order of the file.
        public let batchDependencies: [String]
    }

    /// Whether a streaming node can read what a batch node stores.
    public struct FormatFinding: Sendable, Hashable {
        /// How good or bad it is.
        public enum Severity: String, Sendable, Hashable {
            /// The formats go together.
            case info
            /// They do, but something about them is probably not meant so.
            case warning
            /// They do not.
            case error
        }

        /// How good or bad it is.
        public let severity: Severity
        /// The node that stores.
        public let batchNode: String
        /// The node that reads.
        public let streamingNode: String
        /// What was found, in a sentence.
        public let message: String
    }

    /// Something that several nodes write.
    public struct ResourceConflict: Sendable, Hashable {
        /// What kind of thing it is.
        public enum Kind: String, Sendable, Hashable {
            case path
            case topic
        }

        /// What kind of thing it is.
        public let kind: Kind
        /// Its path or name.
        public let resource: String
        /// The nodes that write it, in the order of the file.
        public let nodes: [String]
    }

    /// The nodes that end: the first phase of a run.
    public internal(set) var batchNodes: [String] = []
    /// The nodes that read a stream, and those that wait for one of these: the second phase.
    public internal(set) var streamingNodes: [String] = []
    /// Which streaming nodes wait for which batch nodes.
    public internal(set) var crossDependencies: [CrossDependency] = []
    /// How the formats on both sides of these dependencies go together.
    public internal(set) var formatCompatibility: [FormatFinding] = []
    /// What several nodes write.
    public internal(set) var resourceConflicts: [ResourceConflict] = []
    /// Everything that is wrong or probably not meant so.
    public internal(set) var findings: [Diagnostic] = []

    /// Whether nothing has to be changed.
    public var isValid: Bool { errors.isEmpty }
    /// What has to be changed before the pipeline can run.
    public var errors: [Diagnostic] { findings.filter { $0.severity == .error } }
    /// What is probably not meant so.
    public var warnings: [Diagnostic] { findings.filter { $0.severity == .warning } }
}
