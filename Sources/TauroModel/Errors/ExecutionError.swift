/// The base of every error this engine throws at its callers.
///
/// A message names the operation, the component and the field, says what was expected and found, and what to do next.
public protocol ExecutionError: Error, Sendable, CustomStringConvertible {
    /// The error's name in summaries, for example `NodeExecutionError`.
    static var typeName: String { get }
    /// What happened and what to do.
    var message: String { get }
    /// What was being done, for example `load input flights`.
    var operation: String { get }
    /// The node it happened in, if it was in one.
    var node: String? { get }
}

extension ExecutionError {
    /// The message.
    public var description: String { message }
    /// No node, unless the error says otherwise.
    public var node: String? { nil }
}
