import TauroEngine
package import TauroModel

extension DatasetDefinition {
    /// The columns whose type is declared.
    var typedColumns: [(name: String, type: String)] {
        columns.compactMap { column in column.type.map { (column.name, $0) } }
    }

    /// The dataset as it is at a version, whichever it says itself; nil where its format has no versions.
    package func reading(version: Int64) -> DatasetDefinition? {
        guard let format = TableFormat.named(format.value),
            let option = format.options.first(where: { $0.engineName == "version" })
        else { return nil }
        var dataset = self
        dataset.options = options.filter { name, _ in
            format.option(name).map { !$0.isVersion && $0.use != .writing } ?? true
        }
        dataset.options[option.name] = ConfigValue(.integer(version), at: SourceLocation(file: "--version"))
        return dataset
    }

    /// The filter by the run's dates that the dataset asks for; nil where it asks for none.
    func dateFilter(_ dates: DateWindow) -> ReadRequest.DateFilter? {
        dateColumn.map { ReadRequest.DateFilter(column: $0, start: dates.start, end: dates.end) }
    }
}
