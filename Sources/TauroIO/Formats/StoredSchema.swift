import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The columns of a stored table, in a hidden file beside files that do not say them all.
///
/// Types are SQL types, as a read request takes them.
struct StoredSchema {
    /// The name of the file in the dataset's directory; without a suffix, so that no reader takes it for rows.
    static let fileName = ".schema"
    /// Its name in datasets of earlier versions.
    static let earlierFileName = ".schema.json"

    /// The columns that the files do not say; those that name directories come last.
    let columns: [(name: String, type: String)]
    /// The columns that name directories, outermost first.
    let partition: [String]

    /// Whether the files have no columns but these.
    private(set) var isWhole = false
    /// How the files are compressed, in the engine's words; nil where they are not, or say it themselves.
    private(set) var compression: String?

    /// Whether files have different columns, so that what a file lacks is NULL.
    var isUnion = false

    /// The columns of files that do not all have the same ones, with what is said of them in their directory already.
    init(unitingThoseIn directory: String) {
        let said = StoredSchema(storedIn: directory)
        columns = said?.columns ?? []
        partition = said?.partition ?? []
        isUnion = true
        isWhole = false
        compression = said?.compression
    }

    /// The columns of a table that is stored in a format.
    ///
    /// Columns whose text csv can not be read as what they are are left out there, and read as what they look like.
    init(_ schema: Schema, _ format: TableFormat, partition: [String] = [], compression: String? = nil) {
        self.partition = partition
        self.compression = compression
        let inFiles = schema.fields.filter { field in
            !partition.contains(field.name)
                && (!format.keepsTypes || format.bulkFormat == .parquet && field.type.isFineTime)
        }
        let inNames = partition.compactMap { name in schema.fields.first { $0.name == name } }
        columns = (inFiles + inNames).compactMap { field in
            let type = field.metadata.isEmpty ? field.type.sqlName : nil
            if let type { return (field.name, type) }
            return format.bulkFormat == .csv ? nil : (field.name, "VARCHAR")
        }
        isWhole = !format.keepsTypes && columns.count == schema.fields.count
    }

    /// What the engine is told of the columns in the files.
    var inFiles: StoredColumns {
        StoredColumns(columns.filter { !partition.contains($0.name) }, areAll: isWhole)
    }

    /// What lies in a dataset's directory; nil where there is none, or none of use.
    init?(storedIn directory: String) {
        let paths = [StoredSchema.fileName, StoredSchema.earlierFileName].map { FilePath.join(directory, $0) }
        guard let path = paths.first(where: FileSystem.exists),
            let text = try? JSONValue(parsing: FileSystem.readText(path)),
            case .array(let entries)? = text["columns"]
        else { return nil }
        var columns: [(name: String, type: String)] = []
        var names: Set<String> = []
        for entry in entries {
            // Names that differ by case alone are one to SQL.
            guard case .string(let name)? = entry["name"], case .string(let type)? = entry["type"],
                SQLTypeName.isPlain(type), names.insert(name.lowercased()).inserted
            else { return nil }
            columns.append((name, type))
        }
        isUnion = text["has_different_columns"] == .bool(true)
        isWhole = text["has_all_columns"] == .bool(true)
        if case .string(let name)? = text["compression"] { compression = name }
        if columns.isEmpty, !isUnion, compression == nil { return nil }
        self.columns = columns
        partition = text["partition"].flatMap(StoredSchema.names) ?? []
    }

    /// Writes the file into a directory.
    func write(to directory: String) throws {
        let entries = columns.map { column -> JSONValue in
            ["name": .string(column.name), "type": .string(column.type)]
        }
        let description: JSONValue = [
            "columns": .array(entries), "partition": .array(partition.map { .string($0) }),
            "has_different_columns": .bool(isUnion), "has_all_columns": .bool(isWhole),
            "compression": compression.map { .string($0) } ?? .null,
        ]
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

    private static func names(_ value: JSONValue) -> [String]? {
        guard case .array(let entries) = value else { return nil }
        return entries.compactMap { entry in
            if case .string(let name) = entry { name } else { nil }
        }
    }
}

extension ArrowType {
    /// Whether it is a time that parquet files hold as text.
    var isFineTime: Bool { self == .time(.nanosecond) }
}

extension String {
    fileprivate var doublingQuotes: String {
        split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    }
}
