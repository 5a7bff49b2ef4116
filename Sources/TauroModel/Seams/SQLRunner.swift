/// One query, as a node asks for it.
package struct SQLStatement: Sendable {
    /// The text: one `SELECT` or `WITH` statement.
    ///
    /// Values appear as `$name`, never as pasted text.
    package let text: String
    /// The engine whose dialect this is, or nil for the portable one.
    package let dialect: String?
    /// The tables the text may name.
    package let tables: [(name: String, frame: Frame)]
    /// The values the text may name with `$`; nil is NULL.
    package let parameters: [(name: String, value: ParameterValue?)]
    /// Where rows go that memory has no room for; nil keeps them in memory.
    package let spool: FrameSpool?

    package init(
        text: String,
        dialect: String? = nil,
        tables: [(name: String, frame: Frame)],
        parameters: [(name: String, value: ParameterValue?)] = [],
        spool: FrameSpool? = nil
    ) {
        self.text = text
        self.dialect = dialect
        self.tables = tables
        self.parameters = parameters
        self.spool = spool
    }
}

/// Runs SQL over frames.
///
/// Blocks its thread; safe from any thread.
package protocol SQLRunner: Sendable {
    /// Runs the query to its end and returns its rows: in memory, or where the statement's spool puts them.
    ///
    /// - Throws: `SQLError`. A cancelled token interrupts the query, which then throws with the code `.cancelled`.
    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame
}

/// Why a query did not give a result.
package struct SQLError: Error {
    /// Which kind of failure.
    package enum Code: Sendable {
        /// Not one SELECT, an unknown table, column or parameter, a type that does not fit.
        case invalid
        /// A file could not be read or written, or what it holds is broken.
        case io
        /// Interrupted by its token.
        case cancelled
        /// Not enough memory.
        case outOfMemory
        /// The engine can not do this.
        case unsupported
        /// The engine is not there.
        case missingEngine
        /// Anything else.
        case failed
    }

    package let code: Code
    /// What happened, and what to do.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
