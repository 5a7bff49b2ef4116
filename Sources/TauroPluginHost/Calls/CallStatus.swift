import TauroBasics
import TauroData
import TauroModel

extension NodeFailure.Status {
    /// The status as the C headers spell it.
    var headerName: String {
        switch self {
        case .invalid: "TAURO_E_INVALID"
        case .schema: "TAURO_E_SCHEMA"
        case .io: "TAURO_E_IO"
        case .transient: "TAURO_E_TRANSIENT"
        case .cancelled: "TAURO_E_CANCELLED"
        case .outOfMemory: "TAURO_E_OOM"
        case .unsupported: "TAURO_E_UNSUPPORTED"
        case .internal: "TAURO_E_INTERNAL"
        }
    }
}

/// Why a function of the host's table did not do what a node asked: a status, a text, and the error below.
struct HostFailure: Error {
    let status: NodeFailure.Status
    let text: String
    let underlying: (any Error)?

    init(_ status: NodeFailure.Status, _ text: String, underlying: (any Error)? = nil) {
        self.status = status
        self.text = text
        self.underlying = underlying
    }

    /// The failure that `error` means for a node.
    init(_ error: any Error) {
        switch error {
        case let error as HostFailure: self = error
        case let error as NodeFailure: self.init(error.status, error.message, underlying: error.underlying)
        case let error as SQLError: self.init(HostFailure.status(of: error.code), error.message, underlying: error)
        case let error as ArrowError: self.init(HostFailure.status(of: error.code), error.message, underlying: error)
        case let error as DatasetError: self.init(HostFailure.status(of: error.code), error.message, underlying: error)
        case let error as PlainFileError: self.init(.io, "the file \(error.reason)", underlying: error)
        case let error as SystemError: self.init(.io, error.description, underlying: error)
        case let error as SpoolError: self.init(.io, error.description, underlying: error)
        case let error as ResourceError: self.init(.unsupported, error.message, underlying: error)
        default: self.init(.internal, "\(error)", underlying: error)
        }
    }

    private static func status(of code: SQLError.Code) -> NodeFailure.Status {
        switch code {
        case .invalid: .invalid
        case .io: .io
        case .cancelled: .cancelled
        case .outOfMemory: .outOfMemory
        case .unsupported, .missingEngine: .unsupported
        case .failed: .internal
        }
    }

    private static func status(of code: ArrowError.Code) -> NodeFailure.Status {
        switch code {
        case .malformed, .unknownColumn, .typeMismatch, .tooLarge: .schema
        case .unsupported: .unsupported
        case .stream: .io
        }
    }

    private static func status(of code: DatasetError.Code) -> NodeFailure.Status {
        switch code {
        case .cancelled: .cancelled
        case .unsupported: .unsupported
        default: .io
        }
    }
}
