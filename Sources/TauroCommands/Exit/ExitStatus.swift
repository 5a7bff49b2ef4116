import TauroModel

/// The exit codes people's scripts rely on.
enum ExitStatus: Int32, Error {
    case success = 0
    case unexpected = 1
    case configuration = 2
    case validation = 3
    case execution = 4
    case dependency = 5
    case security = 6
    case cancelled = 130

    /// The code that a set of findings leads to.
    init(_ diagnostics: [Diagnostic]) {
        let errors = diagnostics.filter { $0.severity == .error }
        if errors.isEmpty {
            self = .success
        } else if errors.contains(where: { $0.kind == .security }) {
            self = .security
        } else {
            self = errors.contains { $0.kind == .configuration } ? .configuration : .validation
        }
    }

    /// The code that a run's outcome leads to.
    init(_ summary: RunSummary) {
        switch summary.status {
        case .completed: self = .success
        case .cancelled: self = .cancelled
        case .failed: self = summary.errors.first.map { ExitStatus($0) } ?? .execution
        }
    }

    /// The code that an error leads to.
    init(_ error: any Error) {
        switch error {
        case let status as ExitStatus: self = status
        case let error as ConfigurationError: self = ExitStatus(error.diagnostics)
        case let error as ValidationError: self = ExitStatus(error.diagnostics)
        case is PluginError: self = .security
        case let error as NodeExecutionError where error.underlying is PluginError: self = .security
        case is ResourceError: self = .dependency
        case is DependencyError, is CircularDependencyError: self = .validation
        case is any ExecutionError: self = .execution
        case let error as DatasetError: self = error.code == .notFound ? .configuration : .execution
        case let error as SQLError: self = error.code == .missingEngine ? .dependency : .execution
        default: self = .unexpected
        }
    }
}
