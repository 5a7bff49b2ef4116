/// A node failed: its function, the loading of its inputs or the storing of its result.
public struct NodeExecutionError: ExecutionError {
    /// `NodeExecutionError`.
    public static let typeName = "NodeExecutionError"
    /// What happened and what to do.
    public let message: String
    /// What was being done, for example `call flights.etl.clean`.
    public let operation: String
    /// The node's name.
    public let node: String?
    /// What the function's status was, if it was the function that failed.
    package let status: NodeFailure.Status?
    /// The error below this one, if there is one.
    public let underlying: (any Error)?

    package init(
        node: String,
        operation: String,
        message: String,
        status: NodeFailure.Status? = nil,
        underlying: (any Error)? = nil
    ) {
        self.node = node
        self.operation = operation
        self.message = message
        self.status = status
        self.underlying = underlying
    }
}
