import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The columns of a stored table, in a hidden file beside files whose format does not say them.
///
/// Types are SQL types, as a read request takes them.
struct StoredSchema {
    /// The name of the file in the dataset's directory.
    static let fileName = ".schema.json"

    let columns: [(name: String, type: String)]

    /// The columns of a table that is stored in a format.
    ///
    /// Columns whose text csv can not be read as what they are are left out there, and read as what they look like.
    init(_ schema: Schema, _ format: TableFormat) {
        columns = schema.fields.compactMap { field in
            if format.bulkFormat == .csv && (!field.metadata.isEmpty || field.type.isNested) { return nil }
            let type = field.metadata.isEmpty ? field.type.sqlName : nil
            if let type { return (field.name, type) }
            return format.bulkFormat == .csv ? nil : (field.name, "VARCHAR")
        }
    }

    /// What lies in a dataset's directory; nil where there is none, or none of use.
    init?(storedIn directory: String) {
        let path = FilePath.join(directory, StoredSchema.fileName)
        guard FileSystem.exists(path), let text = try? JSONValue(parsing: FileSystem.readText(path)),
            case .array(let entries)? = text["columns"]
        else { return nil }
        var columns: [(name: String, type: String)] = []
        var names: Set<String> = []
        for entry in entries {
            // Names that differ by case alone are one to SQL.
            guard case .string(let name)? = entry["name"], case .string(let type)? = entry["type"],
                StoredSchema.isPlain(type), names.insert(name.lowercased()).inserted
            else { return nil }
            columns.append((name, type))
        }
        if columns.isEmpty { return nil }
        self.columns = columns
    }

    /// Writes the file into a directory.
    func write(to directory: String) throws {
        let entries = columns.map { column -> JSONValue in
            ["name": .string(column.name), "type": .string(column.type)]
        }
        let description: JSONValue = ["columns": .array(entries)]
        try FileSystem.writeAtomically(
            description.text(.pretty),
            to: FilePath.join(directory, StoredSchema.fileName)
        )
    }

    /// The query that gives the columns without a row.
    var emptyQuery: String {
        let list = columns.map { "CAST(NULL AS \($0.type)) AS \"\($0.name.doublingQuotes)\"" }
        return "SELECT \(list.joined(separator: ", ")) WHERE false"
    }

    private static func isPlain(_ type: String) -> Bool {
        !type.isEmpty && type.allSatisfy { $0.isLetter || $0.isNumber || " _(),[]\"".contains($0) }
    }
}

extension String {
    fileprivate var doublingQuotes: String {
        split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    }
}
