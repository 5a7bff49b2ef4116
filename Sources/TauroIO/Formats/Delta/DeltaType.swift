import TauroBasics
import TauroData

/// The type that a column of a result has in a Delta table.
///
/// Source: the Delta Transaction Log Protocol, sections "Primitive Types", "Struct Type", "Array Type" and "Map Type".
struct DeltaType {
    /// As the schema writes it.
    let json: JSONValue
    /// The SQL type that its files are written from.
    let sql: String

    private init(_ word: String, _ sql: String) { self.init(.string(word), sql) }

    private init(_ json: JSONValue, _ sql: String) {
        self.json = json
        self.sql = sql
    }

    /// Finds the type of a field's values; nil where Delta has none.
    ///
    /// Numbers without a sign get the next wider type with one. Timestamps keep microseconds.
    init?(_ field: Field) {
        switch field.metadata["ARROW:extension:name"] {
        case nil: self.init(field.type)
        case "arrow.json", "arrow.uuid": self.init("string", "VARCHAR")
        default: return nil
        }
    }

    private init?(_ type: ArrowType) {
        switch type {
        case .bool: self.init("boolean", "BOOLEAN")
        case .int8: self.init("byte", "TINYINT")
        case .int16, .uint8: self.init("short", "SMALLINT")
        case .null, .int32, .uint16: self.init("integer", "INTEGER")
        case .int64, .uint32: self.init("long", "BIGINT")
        case .uint64: self.init("decimal(20,0)", "DECIMAL(20, 0)")
        case .float16, .float32: self.init("float", "FLOAT")
        case .float64: self.init("double", "DOUBLE")
        case .decimal(let precision, let scale, _):
            guard precision <= 38, scale >= 0, scale <= precision else { return nil }
            self.init("decimal(\(precision),\(scale))", "DECIMAL(\(precision), \(scale))")
        case .utf8, .largeUTF8, .utf8View: self.init("string", "VARCHAR")
        case .binary, .largeBinary, .binaryView, .fixedSizeBinary: self.init("binary", "BLOB")
        case .date32, .date64: self.init("date", "DATE")
        case .timestamp(_, let zone):
            self.init(zone == nil ? "timestamp_ntz" : "timestamp", zone == nil ? "TIMESTAMP" : "TIMESTAMPTZ")
        case .dictionary(_, let values, _): self.init(values)
        case .runEndEncoded(_, let values): self.init(values)
        default: self.init(nested: type)
        }
    }

    private init?(nested type: ArrowType) {
        switch type {
        case .list(let item), .largeList(let item), .listView(let item), .largeListView(let item),
            .fixedSizeList(let item, _):
            guard let element = DeltaType(item) else { return nil }
            self.init(["type": "array", "elementType": element.json, "containsNull": true], "\(element.sql)[]")
        case .structure(let fields):
            let types = fields.map { DeltaType($0) }
            let known = zip(fields, types).compactMap { field, type in type.map { (name: field.name, type: $0) } }
            guard known.count == fields.count, !known.isEmpty else { return nil }
            let members = known.map { DeltaColumn(name: $0.name, type: $0.type.json).json }
            let list = known.map { "\(SQLText.identifier($0.name)) \($0.type.sql)" }.joined(separator: ", ")
            self.init(["type": "struct", "fields": .array(members)], "STRUCT(\(list))")
        case .map(let entries, _):
            guard case .structure(let pair) = entries.type, pair.count == 2, let key = DeltaType(pair[0]),
                let value = DeltaType(pair[1])
            else { return nil }
            self.init(
                ["type": "map", "keyType": key.json, "valueType": value.json, "valueContainsNull": true],
                "MAP(\(key.sql), \(value.sql))"
            )
        default: return nil
        }
    }
}
