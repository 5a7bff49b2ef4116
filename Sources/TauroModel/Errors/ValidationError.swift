/// A pipeline can not run as it is configured.
///
/// Carries every finding, not only the first.
public struct ValidationError: ExecutionError {
    /// `ValidationError`.
    public static let typeName = "ValidationError"
    /// What was being validated, for example `validate pipeline daily_etl`.
    public let operation: String
    /// All findings, sorted by place.
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
