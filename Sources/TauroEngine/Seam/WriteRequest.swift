/// Where and how to write rows.
package struct WriteRequest: Sendable {
    package let format: BulkFormat
    /// Absolute path of a file that does not exist yet.
    package let file: String
    /// For csv: `delimiter`, `quote`, `escape`, `header`, `nullstr`; for json: `format` (`array` or `newline`); for
    /// parquet: `compression`, `row_group_size`.
    package let options: [String: BulkOption]

    package init(format: BulkFormat, file: String, options: [String: BulkOption] = [:]) {
        self.format = format
        self.file = file
        self.options = options
    }
}

/// What was written.
package struct WriteReceipt: Sendable, Hashable {
    package let rows: Int64
    package let bytes: Int64

    package init(rows: Int64, bytes: Int64) {
        self.rows = rows
        self.bytes = bytes
    }
}
