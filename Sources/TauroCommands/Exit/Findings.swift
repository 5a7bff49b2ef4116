import TauroModel

/// What an error has found.
enum Findings {
    /// Every finding of the error; for one that carries none, the error itself as a finding of the family that its exit
    /// code belongs to.
    static func of(_ error: any Error) -> [Diagnostic] {
        switch error {
        case let error as ConfigurationError: return error.diagnostics
        case let error as ValidationError: return error.diagnostics
        default:
            let kind: Diagnostic.Kind =
                switch ExitStatus(error) {
                case .security: .security
                case .configuration: .configuration
                default: .validation
                }
            return [Diagnostic(.error, kind, (error as? any ExecutionError)?.message ?? "\(error)")]
        }
    }
}
