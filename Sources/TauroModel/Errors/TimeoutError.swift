/// Something took longer than it may.
public struct TimeoutError: ExecutionError {
    /// `TimeoutError`.
    public static let typeName = "TimeoutError"
    /// What took too long, how long it was given, and what to do.
    public let message: String
    /// What was being done.
    public let operation: String
    /// The node that took too long, if it was one.
    public let node: String?

    /// Creates an error.
    public init(operation: String, message: String, node: String? = nil) {
        self.operation = operation
        self.message = message
        self.node = node
    }
}
