import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The columns that members of values become.
struct KafkaJSONColumns: Sendable {
    /// One member.
    struct Column: Sendable {
        let name: String
        /// An SQL type.
        let type: String

        /// Whether values hold further values.
        var isNested: Bool {
            let type = type.uppercased()
            return type.hasSuffix("]") || ["STRUCT", "MAP", "ROW", "UNION"].contains { type.hasPrefix($0) }
        }

        var isInteger: Bool { type.uppercased().hasSuffix("INT") || type.uppercased().hasSuffix("INTEGER") }
        var isBinary: Bool { ["BLOB", "BYTEA", "BINARY", "VARBINARY"].contains(type.uppercased()) }
    }

    /// What a message has beside its value.
    static let metadata = [
        Field("_key", .binary), Field("_partition", .int32), Field("_offset", .int64),
        Field("_timestamp", .kafkaTimestamp),
    ]

    let columns: [Column]
    /// Whether the columns were not declared, so that a further member is one that would be lost.
    let isInferred: Bool
    /// Columns of values, then those of messages.
    let schema: Schema

    /// The columns that a dataset declares; those without a type are text.
    ///
    /// - Throws: `SQLError` for a type that can not be.
    init(declared: [DatasetDefinition.Column], _ settings: KafkaSettings, engine: any Engine) throws {
        let columns = declared.map { Column(name: $0.name, type: $0.type ?? "VARCHAR") }
        try self.init(columns, isInferred: false, settings, engine)
    }

    /// The columns of the members of some values; of no values there are none.
    ///
    /// - Throws: `DatasetError` where a value is no JSON object.
    init(
        inferredFrom values: [String],
        _ settings: KafkaSettings,
        of id: String,
        engine: any Engine
    ) throws {
        let objects = values.filter { JSONMembers.isObject($0) }
        let batch = try RecordBatch(columns: [(name: "value", column: ArrowColumn(objects))])
        let statement = SQLStatement(
            text: "SELECT CAST(json_group_structure(CAST(value AS JSON)) AS VARCHAR) AS structure FROM messages",
            dialect: "duckdb",
            tables: [("messages", Frame(schema: batch.schema, batches: [batch]))]
        )
        let result = try engine.run(statement, cancellation: CancellationToken())
        let text = try result.stream().next()?.column("structure", as: String.self).first ?? nil
        var columns: [Column] = []
        if let text, case .object(let members)? = try? JSONValue(parsing: text) {
            columns = members.map { Column(name: $0.key, type: Self.sqlType($0.value)) }
        }
        if columns.isEmpty, !settings.hasMetadata {
            throw DatasetError(
                .unreadable,
                "Dataset '\(id)': no message of topic '\(settings.topic)' that is read has a JSON object from which columns"
                    + " could be told; declare them under 'schema'"
            )
        }
        try self.init(columns, isInferred: true, settings, engine)
    }

    private init(_ columns: [Column], isInferred: Bool, _ settings: KafkaSettings, _ engine: any Engine) throws {
        self.columns = columns
        self.isInferred = isInferred
        let list = columns.map { "CAST(NULL AS \($0.type)) AS \($0.name.inSQL)" }.joined(separator: ", ")
        var fields: [Field] = []
        if !columns.isEmpty {
            let statement = SQLStatement(text: "SELECT \(list) WHERE false", dialect: "duckdb", tables: [])
            fields = try engine.run(statement, cancellation: CancellationToken()).schema().fields
        }
        schema = Schema(fields + (settings.hasMetadata ? Self.metadata : []))
    }

    /// The type of what the engine found: a name, a list of one, or the members of an object.
    private static func sqlType(_ structure: JSONValue) -> String {
        switch structure {
        case .string("NULL"), .string("JSON"): "VARCHAR"
        case .string("UBIGINT"): "BIGINT"
        case .string(let name): name
        case .array(let items): items.first.map { "\(sqlType($0))[]" } ?? "VARCHAR"
        case .object(let members) where !members.isEmpty:
            "STRUCT(\(members.map { "\($0.key.inSQL) \(sqlType($0.value))" }.joined(separator: ", ")))"
        default: "VARCHAR"
        }
    }
}

extension String {
    /// A name as SQL writes it, whatever it holds.
    var inSQL: String {
        "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
