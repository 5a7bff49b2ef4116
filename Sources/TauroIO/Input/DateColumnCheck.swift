import TauroModel

/// Checks that the column which a csv file is filtered by is one of its columns.
enum DateColumnCheck {
    /// What is wrong; nothing where the first line does not say which columns there are.
    ///
    /// How the line is divided the engine finds out, so a column counts as there if its name stands anywhere in it.
    static func finding(_ dataset: DatasetDefinition, _ format: TableFormat, files: [String]) -> Diagnostic? {
        guard let column = dataset.dateColumn, let header = CSVHeader(dataset, format, files: files),
            let file = files.first, !header.line.lowercased().contains(column.lowercased())
        else { return nil }
        return Diagnostic(
            .error,
            .configuration,
            "Dataset '\(dataset.id)': 'date_column' is '\(column)', which is not a column of \(file)",
            at: dataset.location,
            notes: ["the file begins with: \(header.line.prefix(120))"]
        )
    }
}
