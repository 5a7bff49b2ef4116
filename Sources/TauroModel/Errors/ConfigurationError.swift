/// A project's files can not be used as they are.
///
/// Carries every finding, not only the first.
public struct ConfigurationError: ExecutionError {
    /// `ConfigurationError`.
    public static let typeName = "ConfigurationError"
    /// What was being done, for example `load the project /home/me/flights`.
    public let operation: String
    /// All findings, sorted by place; at least one is an error.
    public let diagnostics: [Diagnostic]

    /// The errors' sentences, one a line.
    public var message: String {
        diagnostics.filter { $0.severity == .error }.map(\.message).joined(separator: "\n")
    }

    /// Creates an error.
    public init(operation: String, diagnostics: [Diagnostic]) {
        self.operation = operation
        self.diagnostics = diagnostics
    }
}
