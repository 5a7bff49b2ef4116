package import TauroModel

/// A dataset that is the result of a query over other datasets.
package struct QueryRequest: Sendable {
    /// One `SELECT` or `WITH` statement.
    package let text: String
    /// What the text may name; names count whatever their case.
    package let tables: [(name: String, frame: Frame)]
    /// Columns whose type is declared, with SQL types.
    package let columns: [(name: String, type: String)]
    package let dateFilter: ReadRequest.DateFilter?

    package init(
        text: String,
        tables: [(name: String, frame: Frame)],
        columns: [(name: String, type: String)] = [],
        dateFilter: ReadRequest.DateFilter? = nil
    ) {
        self.text = text
        self.tables = tables
        self.columns = columns
        self.dateFilter = dateFilter
    }
}
