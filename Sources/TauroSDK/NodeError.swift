import CTauro

/// Why a node failed: which kind of failure, and what happened.
///
///     guard minutes > 0 else { throw NodeError.invalid("minutes must be above 0, not \(minutes)") }
public struct NodeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure, with the numbers of the C ABI.
    public enum Status: Int32, Sendable, Hashable, CaseIterable {
        /// A parameter, an argument or an input value is wrong.
        case invalid = 1
        /// A column is missing or has another type.
        case schema = 2
        /// Reading or writing failed.
        case io = 3
        /// Trying again may help; the one that is retried unless configuration says otherwise.
        case transient = 4
        /// The node stopped because it was told to.
        case cancelled = 5
        /// Not enough memory.
        case outOfMemory = 6
        /// This host or engine can not do it.
        case unsupported = 7
        /// Anything else.
        case `internal` = 8
    }

    /// Which kind of failure.
    public let status: Status
    /// What happened, what was expected, and what to do.
    public let message: String
    /// Whether the host has a text for this already, with more in it than `message`.
    package let isToldByHost: Bool

    /// Creates an error.
    public init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
        isToldByHost = false
    }

    /// What a function of the host returned; the host keeps the text with the call.
    init(hostStatus: Int32, _ operation: String, text: String?) {
        status = Status(rawValue: hostStatus) ?? .internal
        message = text ?? "\(operation) failed (\(status)); the host reports the cause with the node"
        isToldByHost = true
    }

    /// A parameter, an argument or an input value is wrong.
    public static func invalid(_ message: String) -> NodeError { NodeError(.invalid, message) }
    /// A column is missing or has another type.
    public static func schema(_ message: String) -> NodeError { NodeError(.schema, message) }
    /// Reading or writing failed.
    public static func io(_ message: String) -> NodeError { NodeError(.io, message) }
    /// Trying again may help.
    public static func transient(_ message: String) -> NodeError { NodeError(.transient, message) }
    /// This host or engine can not do it.
    public static func unsupported(_ message: String) -> NodeError { NodeError(.unsupported, message) }

    /// The message.
    public var description: String { message }
}

extension NodeError {
    /// What any error that leaves a node becomes.
    init(describing error: any Error) {
        switch error {
        case let error as NodeError: self = error
        case is CancellationError: self.init(.cancelled, "the node stopped because it was told to")
        case let error as ArrowError: self.init(NodeError.status(of: error.code), error.message)
        default: self.init(.internal, "\(error)")
        }
    }

    private static func status(of code: ArrowError.Code) -> Status {
        switch code {
        case .malformed, .unknownColumn, .typeMismatch: .schema
        case .unsupported: .unsupported
        case .tooLarge: .invalid
        case .stream: .io
        }
    }
}
