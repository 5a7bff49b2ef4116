import TauroModel

/// Of what kind a failure is, for those who decide what follows from it.
package enum FailureKind: Sendable, Hashable, CaseIterable {
    /// The function said that another attempt may succeed.
    case transient
    /// Something could not be read or written.
    case io
    /// The attempt took longer than it may.
    case timeout
    /// The worker process died in the call.
    case crash
    /// The run was told to stop.
    case cancelled
    /// Anything that would fail again: wrong input, a schema that does not fit, a broken promise, a fault in the function.
    case lasting

    /// What a retry policy calls it; nil for what is never tried again.
    var retryCause: RetryPolicy.Cause? {
        switch self {
        case .transient: .transient
        case .io: .io
        case .timeout: .timeout
        case .crash: .crash
        case .cancelled, .lasting: nil
        }
    }

    /// Whether it says something about the resources that the node uses: invalid input, wrong schemas and crashes do not.
    var countsAgainstResources: Bool {
        switch self {
        case .transient, .io, .timeout: true
        case .crash, .cancelled, .lasting: false
        }
    }

    /// The kind of an error that ended an attempt.
    package init(_ error: any Error) {
        switch error {
        case is TimeoutError: self = .timeout
        case let error as NodeFailure: self = FailureKind(error.status)
        case let error as NodeExecutionError:
            if error.underlying is WorkerCrash || (error.underlying as? NodeFailure)?.underlying is WorkerCrash {
                self = .crash
            } else {
                self = FailureKind(error.status)
            }
        default: self = .lasting
        }
    }

    private init(_ status: NodeFailure.Status?) {
        switch status {
        case .transient: self = .transient
        case .io: self = .io
        case .cancelled: self = .cancelled
        default: self = .lasting
        }
    }
}
