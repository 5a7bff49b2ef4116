import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// What the engine makes of rows, batch by batch, so that no more than one is held at once.
struct ColumnConversion {
    let engine: any Engine
    /// Each column's name and expression, in order; nil where nothing changes.
    let columns: [(name: String, expression: String)]?
    /// Which rows stay, in the engine's SQL; nil for all.
    var condition: String?

    /// The same rows converted.
    func batches(_ batch: RecordBatch, _ cancellation: CancellationToken) throws -> [RecordBatch] {
        guard let text else { return [batch] }
        let rows = Frame(schema: batch.schema, batches: [batch])
        let result = try engine.run(
            SQLStatement(text: text, tables: [("tauro_rows", rows)]),
            cancellation: cancellation
        )
        guard case .memory(_, let batches) = result.content else { return [] }
        return batches
    }

    /// The columns after it.
    func schema(_ schema: Schema) throws -> Schema {
        guard let text else { return schema }
        let rows = Frame(schema: schema, batches: [])
        let statement = SQLStatement(text: text, tables: [("tauro_rows", rows)])
        return try engine.run(statement, cancellation: CancellationToken()).schema()
    }

    private var text: String? {
        let list = columns?.map { "\($0.expression) AS \(SQLText.identifier($0.name))" }.joined(separator: ", ")
        if list == nil, condition == nil { return nil }
        return "SELECT \(list ?? "*") FROM tauro_rows\(condition.map { " WHERE \($0)" } ?? "")"
    }
}

extension ColumnConversion {
    /// What becomes of columns as they arrive from a database: types that the driver gives as something else, and those
    /// that the dataset declares.
    init(arriving schema: Schema, _ query: DatabaseQuery, _ dataset: DatasetDefinition, engine: any Engine) {
        let typed = Dictionary(dataset.typedColumns.map { ($0.name.lowercased(), $0.type) }) { first, _ in first }
        var changes = false
        let columns = schema.fields.map { field -> (name: String, expression: String) in
            let name = SQLText.identifier(field.name)
            var expression = field.arrival(query.declared[field.name.lowercased()]) ?? name
            if let type = typed[field.name.lowercased()] { expression = "CAST(\(expression) AS \(type))" }
            changes = changes || expression != name
            return (field.name, expression)
        }
        self.init(engine: engine, columns: changes ? columns : nil, condition: query.filter?.condition(on: schema))
    }
}

extension ReadRequest.DateFilter {
    /// The condition on columns as they arrive; texts are taken for days or moments.
    fileprivate func condition(on schema: Schema) -> String? {
        let isText = schema.fields.first { $0.name == column }?.type == .utf8
        let name = SQLText.identifier(column)
        let value = isText ? "CAST(\(name) AS TIMESTAMP)" : name
        let bounds = [
            start.map { "\(value) >= CAST(\(SQLText.literal($0)) AS DATE)" },
            end.map { "\(value) < CAST(\(SQLText.literal($0)) AS DATE) + 1" },
        ].compactMap(\.self)
        return bounds.isEmpty ? nil : bounds.joined(separator: " AND ")
    }
}

extension Field {
    /// The expression for the column as nodes get it; nil where it is what arrives.
    fileprivate func arrival(_ declared: String?) -> String? {
        let column = SQLText.identifier(name)
        if metadata["ARROW:extension:name"] == "arrow.uuid" {
            let digits = "lower(hex(\(column)))"
            let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)].map { "substr(\(digits), \($0.0), \($0.1))" }
            return parts.joined(separator: " || '-' || ")
        }
        if let type = PostgreSQLType(self)?.arrival { return "CAST(\(column) AS \(type))" }
        guard let target = declared.flatMap(SQLiteTypes.arrival) else { return nil }
        if type.sqlName == target { return nil }
        // Where no row says otherwise, SQLite's driver takes a column for one of whole numbers.
        return target == "BLOB" ? "CAST(CAST(\(column) AS VARCHAR) AS BLOB)" : "CAST(\(column) AS \(target))"
    }

    /// The same column without what its producer says beside.
    var plain: Field {
        let inner: ArrowType
        switch type {
        case .list(let item): inner = .list(item.plain)
        default: inner = type
        }
        return Field(name, inner, isNullable: isNullable)
    }
}
