/// Something the run needs is not there or ran out: an engine, a library, a server, memory, disk.
public struct ResourceError: ExecutionError {
    /// `ResourceError`.
    public static let typeName = "ResourceError"
    /// What happened and what to do.
    public let message: String
    /// What was being done.
    public let operation: String
    /// The node that needed it, if it was one.
    public let node: String?

    /// Creates an error.
    public init(operation: String, message: String, node: String? = nil) {
        self.operation = operation
        self.message = message
        self.node = node
    }
}
