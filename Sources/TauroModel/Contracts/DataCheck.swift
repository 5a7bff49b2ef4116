/// A promise about the rows of a table: held when a node reads the table, and before its result is put in place.
///
/// NULL breaks only `not_null`, as in SQL.
public struct DataCheck: Sendable {
    /// What is promised.
    public enum Rule: Sendable {
        /// Every row has a value in each of the columns.
        case notNull([Located<String>])
        /// No two rows have the same values in these columns; rows with a NULL among them are left out.
        case unique([Located<String>])
        /// The column has no other values.
        case acceptedValues(Located<String>, [ConfigValue])
        /// The column's values are neither below `minimum` nor above `maximum`.
        case range(Located<String>, minimum: ConfigValue?, maximum: ConfigValue?)
        /// There are neither fewer rows nor more.
        case rowCount(minimum: Int64?, maximum: Int64?)
        /// The newest value of the column is not older.
        case freshness(Located<String>, Age)
        /// A condition that every row meets; or a query, told by its first word, that finds the rows which break the
        /// promise in the table `dataset`.
        case sql(Located<String>)
    }

    /// What a broken promise means.
    public enum Severity: String, Sendable, CaseIterable {
        /// The node fails, and what it would have stored is not put in place.
        case error
        /// The summary tells of it, and the run goes on.
        case warn
    }

    /// How old something may be.
    public struct Age: Sendable, Hashable {
        /// As it was written, for example `2 days`.
        public let text: String
        /// In microseconds.
        public let microseconds: Int64

        /// Creates an age.
        public init(text: String, microseconds: Int64) {
            self.text = text
            self.microseconds = microseconds
        }
    }

    /// What is promised.
    public let rule: Rule
    /// What a broken promise means.
    public let severity: Severity
    /// The author's own name for the check.
    public let name: String?
    /// Where it is written.
    public let location: SourceLocation?

    /// Creates a check.
    public init(_ rule: Rule, severity: Severity = .error, name: String? = nil, location: SourceLocation? = nil) {
        self.rule = rule
        self.severity = severity
        self.name = name
        self.location = location
    }
}

extension DataCheck.Rule {
    /// The word in configuration.
    public var word: String {
        switch self {
        case .notNull: "not_null"
        case .unique: "unique"
        case .acceptedValues: "accepted_values"
        case .range: "range"
        case .rowCount: "row_count"
        case .freshness: "freshness"
        case .sql: "sql"
        }
    }

    /// The columns that it names.
    public var columns: [Located<String>] {
        switch self {
        case .notNull(let columns), .unique(let columns): columns
        case .acceptedValues(let column, _), .range(let column, _, _), .freshness(let column, _): [column]
        case .rowCount, .sql: []
        }
    }
}
