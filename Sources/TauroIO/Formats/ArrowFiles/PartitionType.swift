import TauroBasics

/// The SQL type of a column whose values are in names of directories, where nothing says it.
enum PartitionType {
    /// The type that all values have, as DuckDB finds it for the files that it reads itself; nil where it is text.
    static func inferred(_ values: [String?]) -> String? {
        let values = Set(values.compactMap(\.self))
        if values.isEmpty { return nil }
        if values.allSatisfy({ Int64($0) != nil }) { return "BIGINT" }
        guard values.allSatisfy({ Timestamp(parsing: $0) != nil }) else { return nil }
        return values.allSatisfy { $0.utf8.count == 10 } ? "DATE" : "TIMESTAMP"
    }
}
