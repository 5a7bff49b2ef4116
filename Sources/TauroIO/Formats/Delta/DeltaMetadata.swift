import TauroBasics

/// What a Delta table is: its columns, how it is divided, and its settings.
///
/// Source: the Delta Transaction Log Protocol, section "Change Metadata".
struct DeltaMetadata: Equatable {
    /// The action's members; what this program has no use for is kept.
    private(set) var json: JSONValue
    private(set) var columns: [DeltaColumn]
    /// The columns whose values divide the table, outermost first.
    private(set) var partition: [String]

    /// Reads the action; nil where its schema can not be understood.
    init?(_ json: JSONValue) {
        guard let text = json["schemaString"]?.text, let schema = try? JSONValue(parsing: text),
            case .array(let fields)? = schema["fields"]
        else { return nil }
        let columns = fields.compactMap { DeltaColumn($0) }
        guard columns.count == fields.count else { return nil }
        self.json = json
        self.columns = columns
        partition = json["partitionColumns"]?.texts ?? []
    }

    /// Of a new table, with an id unlike that of any other and the moment it is made, in milliseconds since 1970.
    init(id: String, columns: [DeltaColumn], partition: [String], at moment: Int64) {
        json = [
            "id": .string(id), "format": ["provider": "parquet", "options": .object([])], "schemaString": "",
            "partitionColumns": [], "configuration": .object([]), "createdTime": .integer(moment),
        ]
        self.columns = columns
        self.partition = partition
        setColumns(columns, partition)
    }

    /// The same table with other columns.
    func with(columns: [DeltaColumn], partition: [String]) -> DeltaMetadata {
        var changed = self
        changed.setColumns(columns, partition)
        return changed
    }

    private mutating func setColumns(_ columns: [DeltaColumn], _ partition: [String]) {
        self.columns = columns
        self.partition = partition
        let schema: JSONValue = ["type": "struct", "fields": .array(columns.map(\.json))]
        let own = ["schemaString", "partitionColumns"]
        json = .object(
            json.members.filter { !own.contains($0.key) } + [
                .init("schemaString", .string(schema.text())),
                .init("partitionColumns", .array(partition.map { .string($0) })),
            ]
        )
    }

    /// A setting of the table; nil where it has none of this name.
    func setting(_ name: String) -> String? { json["configuration"]?[name]?.text }

    /// Whether rows may only be added, never taken away.
    var isAppendOnly: Bool { setting("delta.appendOnly")?.lowercased() == "true" }

    /// By what its columns are found in its files where that is not their names: `name` or `id`; nil where it is.
    ///
    /// Source: section "Column Mapping".
    var columnMapping: String? {
        setting("delta.columnMapping.mode").flatMap { $0.lowercased() == "none" ? nil : $0 }
    }

    /// How many commits lie between two checkpoints.
    var checkpointInterval: Int64 {
        setting("delta.checkpointInterval").flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 10
    }

    /// What a writer would have to keep to and this program does not, with the name of its feature; nil where nothing is.
    var usedFeature: String? {
        let settings = json["configuration"]?.members ?? []
        if let constraint = settings.first(where: { $0.key.hasPrefix("delta.constraints.") }) {
            return "the CHECK constraint '\(constraint.key.dropFirst("delta.constraints.".count))'"
        }
        if setting("delta.enableChangeDataFeed")?.lowercased() == "true" { return "the change data feed" }
        if let mode = columnMapping { return "column mapping by \(mode)" }
        if setting("delta.enableDeletionVectors")?.lowercased() == "true" { return "deletion vectors" }
        return columns.lazy.compactMap { column in column.usedFeature.map { "\($0) of column '\(column.name)'" } }.first
    }
}
