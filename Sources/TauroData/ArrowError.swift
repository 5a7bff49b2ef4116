/// Why Arrow data was refused or a column could not be read.
public struct ArrowError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which kind of problem.
    public enum Code: Sendable, Equatable {
        /// A structure breaks the Arrow C data interface: a malformed format, a missing buffer, a negative length.
        case malformed
        /// A column that the table does not have.
        case unknownColumn
        /// A column of another type than was asked for, or columns that do not fit together.
        case typeMismatch
        /// Sound data that this room does not handle.
        case unsupported
        /// More than a type's offsets can count.
        case tooLarge
        /// A stream's producer reported a failure.
        case stream
    }

    /// Which kind of problem.
    public let code: Code
    /// What was found, what was expected, and what to do.
    public let message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
