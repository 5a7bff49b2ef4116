/// What came of one check.
public struct CheckResult: Sendable, Hashable {
    /// How it ended.
    public enum Status: String, Sendable, CaseIterable {
        /// The rows keep what they promise.
        case passed
        /// They do not, and the run goes on.
        case warned
        /// They do not, and the node fails.
        case failed
    }

    /// One value of a sample row.
    public struct SampleValue: Sendable, Hashable {
        /// The column's name.
        public let column: String
        /// The value as text, cut where it is long; nil for NULL.
        public let text: String?

        /// Creates a value.
        public init(column: String, text: String?) {
            self.column = column
            self.text = text
        }
    }

    /// The dataset that was checked; nil for the node's result.
    public let dataset: String?
    /// The check's word, for example `not_null`; `schema` for the declared columns.
    public let check: String
    /// The author's own name for it.
    public let name: String?
    /// The columns that it is about.
    public let columns: [String]
    /// How it ended.
    public let status: Status
    /// How many rows there are; nil where they were not counted.
    public let rows: Int64?
    /// How many of them break the promise; nil where it is not about single rows, or could not be evaluated.
    public let failingRows: Int64?
    /// What was found, as a sentence without an end; empty where it passed.
    public let message: String
    /// A few of the rows that break the promise.
    public let samples: [[SampleValue]]

    package init(
        dataset: String?,
        check: String,
        name: String? = nil,
        columns: [String] = [],
        status: Status = .passed,
        rows: Int64? = nil,
        failingRows: Int64? = nil,
        message: String = "",
        samples: [[SampleValue]] = []
    ) {
        self.dataset = dataset
        self.check = check
        self.name = name
        self.columns = columns
        self.status = status
        self.rows = rows
        self.failingRows = failingRows
        self.message = message
        self.samples = samples
    }
}

extension CheckResult {
    /// Which check it was, for example `not_null of column 'id'`.
    public var title: String {
        let names = columns.map { "'\($0)'" }.joined(separator: ", ")
        let about = columns.isEmpty ? check : "\(check) of column\(columns.count == 1 ? "" : "s") \(names)"
        return name.map { "\($0): \(about)" } ?? about
    }

    /// What was found, for example `not_null of column 'id': 2 of 9 rows are NULL`.
    public var sentence: String { message.isEmpty ? title : "\(title): \(message)" }

    /// The sample rows, one line each.
    public var sampleLines: [String] {
        samples.map { row in row.map { "\($0.column)=\($0.text ?? "NULL")" }.joined(separator: ", ") }
    }
}
