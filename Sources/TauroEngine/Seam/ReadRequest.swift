/// A format whose files are read through the engine's seam, and most of which are written through it.
package enum BulkFormat: String, Sendable, CaseIterable {
    case arrow
    case avro
    case csv
    case delta
    case json
    case orc
    case parquet

    /// Whether it is written too.
    package var isWritten: Bool {
        switch self {
        case .avro, .delta: false
        case .arrow, .csv, .json, .orc, .parquet: true
        }
    }

    /// Whether an embedded engine reads it; files of the others are read and written beside it, and their rows handed over.
    package var isEmbedded: Bool {
        switch self {
        case .arrow, .orc: false
        case .avro, .csv, .delta, .json, .parquet: true
        }
    }
}

/// The value of a format's option.
package enum BulkOption: Sendable, Hashable {
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case strings([String])
}

/// Which rows of a stored dataset to read, and how.
package struct ReadRequest: Sendable {
    /// A filter by calendar days: from the start of `start` to the end of `end`, either of which may be open.
    package struct DateFilter: Sendable {
        package let column: String
        /// `YYYY-MM-DD`.
        package let start: String?
        /// `YYYY-MM-DD`, inclusive.
        package let end: String?

        package init(column: String, start: String?, end: String?) {
            self.column = column
            self.start = start
            self.end = end
        }
    }

    package let format: BulkFormat
    /// Absolute paths, taken literally, or addresses, with `access`; their rows follow one another.
    ///
    /// Of a Delta table its directory.
    package let files: [String]
    /// For csv: `delimiter`, `quote`, `escape`, `header`, `nullstr`, `encoding`, `skip`, `compression`, `comment`,
    /// `decimal_separator`, `dateformat`, `timestampformat`; for json: `format` (`array` or `newline`), `compression`; for delta: `version`.
    package var options: [String: BulkOption]
    /// Columns whose type is declared instead of inferred, with SQL types.
    package let columns: [(name: String, type: String)]
    /// What the house knows of files that it stored itself; nil for those of others.
    package var stored: StoredColumns?
    package let dateFilter: DateFilter?
    /// The columns that directories `name=value` on the way to the files hold, in the order of the result, where they come
    /// last; a type that is nil is inferred.
    ///
    /// No other directory on the way may have such a name.
    package let partition: [(name: String, type: String?)]
    /// Whether files may have different columns; what a file lacks is NULL.
    package let unitesColumns: Bool
    /// How files are had that are addresses; nil where they are paths.
    package let access: RemoteAccess?

    package init(
        format: BulkFormat,
        files: [String],
        options: [String: BulkOption] = [:],
        columns: [(name: String, type: String)] = [],
        dateFilter: DateFilter? = nil,
        partition: [(name: String, type: String?)] = [],
        unitesColumns: Bool = false,
        access: RemoteAccess? = nil
    ) {
        self.format = format
        self.files = files
        self.options = options
        self.columns = columns
        self.dateFilter = dateFilter
        self.partition = partition
        self.unitesColumns = unitesColumns
        self.access = access
    }
}
