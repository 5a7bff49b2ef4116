/// What the columns of a table hold, in figures.
package struct DatasetProfile: Sendable {
    /// The figures of one column; nil where a figure has no meaning for the type, or there are no values.
    package struct Figures: Sendable {
        package let column: DatasetColumn
        package let nulls: Int64
        /// How many values differ: an estimate, some percent off for many values.
        package let distinct: Int64
        /// How many floating point values are NaN; least, greatest, mean and histogram leave them out.
        package let notANumber: Int64?
        /// The least and the greatest value, as SQL writes them.
        package let minimum: String?
        package let maximum: String?
        /// Of the finite numbers.
        package let mean: Double?
        /// How many finite values lie in each of equal steps from the least to the greatest.
        package let histogram: [Int64]?

        package init(
            column: DatasetColumn,
            nulls: Int64,
            distinct: Int64,
            notANumber: Int64? = nil,
            minimum: String? = nil,
            maximum: String? = nil,
            mean: Double? = nil,
            histogram: [Int64]? = nil
        ) {
            self.column = column
            self.nulls = nulls
            self.distinct = distinct
            self.notANumber = notANumber
            self.minimum = minimum
            self.maximum = maximum
            self.mean = mean
            self.histogram = histogram
        }
    }

    package let rows: Int64
    package let columns: [Figures]

    package init(rows: Int64, columns: [Figures]) {
        self.rows = rows
        self.columns = columns
    }
}
