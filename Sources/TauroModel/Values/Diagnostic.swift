/// One finding about configuration, a plan or a plugin: what is wrong, where, and what to do.
///
/// Findings are collected, never thrown one by one, so that a person sees all of them at once.
public struct Diagnostic: Sendable, Hashable {
    /// How bad a finding is.
    public enum Severity: String, Sendable, Hashable {
        case error
        case warning
    }

    /// Which exit code a finding leads to: the file itself, or what it asks for.
    public enum Kind: Sendable, Hashable {
        /// Unreadable or malformed file, unknown key, unknown pipeline or dataset (exit 2).
        case configuration
        /// Cycle, unknown function, wrong parameter, arity, a plugin that does not fit (exit 3).
        case validation
        /// A plugin that is not trusted (exit 6).
        case security
    }

    /// How bad it is.
    public let severity: Severity
    /// Which family of problems it belongs to.
    public let kind: Kind
    /// One sentence: what was found and what was expected, with a "did you mean" where one is near.
    public let message: String
    /// Where it is, if it has a place.
    public let location: SourceLocation?
    /// Further lines: facts that help, and the cure.
    public let notes: [String]

    /// Creates a finding.
    public init(
        _ severity: Severity,
        _ kind: Kind,
        _ message: String,
        at location: SourceLocation? = nil,
        notes: [String] = []
    ) {
        self.severity = severity
        self.kind = kind
        self.message = message
        self.location = location
        self.notes = notes
    }
}
