/// One file of those that a write made, and what is in it.
package struct WrittenFile: Sendable, Hashable {
    /// What is known of a column's values in the file.
    package struct Summary: Sendable, Hashable {
        /// The least value, as SQL writes it; nil where it is not known.
        package let least: String?
        /// The greatest value, as SQL writes it; nil where it is not known.
        package let greatest: String?
        package let nullCount: Int64?
        /// Whether some are not a number, which neither end counts.
        package let hasNaN: Bool

        package init(least: String?, greatest: String?, nullCount: Int64?, hasNaN: Bool) {
            self.least = least
            self.greatest = greatest
            self.nullCount = nullCount
            self.hasNaN = hasNaN
        }
    }

    /// Absolute.
    package let path: String
    package let rows: Int64
    package let bytes: Int64
    /// The values of the columns that name its directories, as SQL writes them; nil is NULL.
    package let partition: [String: String?]
    /// By the names of columns that are not nested.
    package let columns: [String: Summary]

    package init(
        path: String,
        rows: Int64,
        bytes: Int64,
        partition: [String: String?] = [:],
        columns: [String: Summary] = [:]
    ) {
        self.path = path
        self.rows = rows
        self.bytes = bytes
        self.partition = partition
        self.columns = columns
    }
}
