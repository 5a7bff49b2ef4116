import TauroEngine
import TauroModel

extension DatasetDefinition {
    /// The columns whose type is declared.
    var typedColumns: [(name: String, type: String)] {
        columns.compactMap { column in column.type.map { (column.name, $0) } }
    }

    /// The filter by the run's dates that the dataset asks for; nil where it asks for none.
    func dateFilter(_ dates: DateWindow) -> ReadRequest.DateFilter? {
        dateColumn.map { ReadRequest.DateFilter(column: $0, start: dates.start, end: dates.end) }
    }
}
