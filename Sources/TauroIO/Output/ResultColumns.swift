import TauroData
import TauroModel

/// Refuses results whose columns no file and no table could hold.
enum ResultColumns {
    /// - Throws: `DatasetError` that names the first column that can not be.
    static func check(_ schema: Schema, of dataset: DatasetDefinition) throws(DatasetError) {
        if schema.fields.isEmpty { throw refusal("no columns; return at least one", dataset) }
        for (place, field) in schema.fields.enumerated() {
            if field.name.isEmpty {
                throw refusal("a column without a name, at position \(place + 1); give it one", dataset)
            }
            if field.name.utf8.contains(0) {
                let shown = field.name.replacing("\0", with: "\\0")
                throw refusal("the column '\(shown)', whose name holds the character NUL; rename it", dataset)
            }
        }
    }

    private static func refusal(_ reason: String, _ dataset: DatasetDefinition) -> DatasetError {
        DatasetError(.unwritable, "output '\(dataset.id)': the result has \(reason)")
    }
}
