/// Where and how to write rows.
package struct WriteRequest: Sendable {
    /// Columns whose values name directories `name=value`, as Hive has it; NULL is `__HIVE_DEFAULT_PARTITION__`, and what
    /// a path can not hold is percent-encoded.
    package struct Division: Sendable {
        /// A directory of this name, below those of the columns, holds each file where `maxRowsPerFile` is given.
        package static let fileColumn = "tauro_file_number"

        package let columns: [String]
        /// The most rows of one file; nil for as many as there are.
        package let maxRowsPerFile: Int?

        package init(columns: [String], maxRowsPerFile: Int? = nil) {
            self.columns = columns
            self.maxRowsPerFile = maxRowsPerFile
        }
    }

    package let format: BulkFormat
    /// Absolute path of a file that does not exist yet; with `division`, of the directory.
    package let file: String
    /// The columns that files hold; nil for all.
    ///
    /// With `division` they have to be said.
    package let columns: [String]?
    /// The directories that the rows are divided into; nil for one file.
    package let division: Division?
    /// For csv: `delimiter`, `quote`, `escape`, `header`, `nullstr`, `compression`, `dateformat`, `timestampformat`, `quote_all`;
    /// for json: `format` (`array` or `newline`), `compression`; for parquet: `compression`, `compression_level`, `row_group_size`.
    package let options: [String: BulkOption]
    /// The SQL types of columns, for files that have no types of their own.
    package let types: [(name: String, type: String)]
    /// Whether the receipt says of every file what is in it; for parquet.
    package let describesFiles: Bool

    package init(
        format: BulkFormat,
        file: String,
        options: [String: BulkOption] = [:],
        columns: [String]? = nil,
        division: Division? = nil,
        types: [(name: String, type: String)] = [],
        describesFiles: Bool = false
    ) {
        self.format = format
        self.file = file
        self.options = options
        self.columns = columns
        self.division = division
        self.types = types
        self.describesFiles = describesFiles
    }
}

/// What was written.
package struct WriteReceipt: Sendable, Hashable {
    package let rows: Int64
    /// The size of the file; nothing is said of a directory.
    package let bytes: Int64
    /// Every file, where the request asks for that.
    package let files: [WrittenFile]

    package init(rows: Int64, bytes: Int64, files: [WrittenFile] = []) {
        self.rows = rows
        self.bytes = bytes
        self.files = files
    }
}
