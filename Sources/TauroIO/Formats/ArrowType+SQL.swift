import TauroData

extension ArrowType {
    /// The SQL type that holds the values; nil where SQL has none.
    var sqlName: String? {
        switch self {
        case .null: "INTEGER"
        case .bool: "BOOLEAN"
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: sqlInteger
        case .float16, .float32: "FLOAT"
        case .float64: "DOUBLE"
        case .decimal(let precision, let scale, _):
            precision <= 38 && scale >= 0 ? "DECIMAL(\(precision), \(scale))" : "DOUBLE"
        case .utf8, .largeUTF8, .utf8View: "VARCHAR"
        case .binary, .largeBinary, .binaryView, .fixedSizeBinary: "BLOB"
        case .date32, .date64: "DATE"
        case .time(let unit): unit == .nanosecond ? "TIME_NS" : "TIME"
        case .timestamp(let unit, let zone): zone == nil ? unit.sqlTimestamp : "TIMESTAMPTZ"
        case .duration, .interval: "INTERVAL"
        case .dictionary(_, let values, _): values.sqlName
        default: sqlNested
        }
    }

    /// Whether a value holds further values.
    var isNested: Bool {
        switch self {
        case .list, .largeList, .listView, .largeListView, .fixedSizeList, .structure, .map, .union: true
        case .dictionary(_, let values, _): values.isNested
        case .runEndEncoded(_, let values): values.type.isNested
        default: false
        }
    }

    private var sqlInteger: String? {
        switch self {
        case .int8: "TINYINT"
        case .int16: "SMALLINT"
        case .int32: "INTEGER"
        case .int64: "BIGINT"
        case .uint8: "UTINYINT"
        case .uint16: "USMALLINT"
        case .uint32: "UINTEGER"
        case .uint64: "UBIGINT"
        default: nil
        }
    }

    private var sqlNested: String? {
        switch self {
        case .list(let item), .largeList(let item), .listView(let item), .largeListView(let item):
            return item.type.sqlName.map { "\($0)[]" }
        case .fixedSizeList(let item, let size): return item.type.sqlName.map { "\($0)[\(size)]" }
        case .structure(let fields):
            let members = fields.compactMap { $0.sqlMember }
            guard members.count == fields.count, !members.isEmpty else { return nil }
            return "STRUCT(\(members.joined(separator: ", ")))"
        case .map(let entries, _):
            guard case .structure(let pair) = entries.type, pair.count == 2, let key = pair[0].type.sqlName,
                let value = pair[1].type.sqlName
            else { return nil }
            return "MAP(\(key), \(value))"
        case .runEndEncoded(_, let values): return values.type.sqlName
        default: return nil
        }
    }
}

extension Field {
    /// The member of a structure; nil where its name can not be said in a type.
    fileprivate var sqlMember: String? {
        guard !name.isEmpty, !name.utf8.contains(0) else { return nil }
        return type.sqlName.map { "\"\(name.replacing("\"", with: "\"\""))\" \($0)" }
    }
}

extension TimeUnit {
    fileprivate var sqlTimestamp: String {
        switch self {
        case .second: "TIMESTAMP_S"
        case .millisecond: "TIMESTAMP_MS"
        case .microsecond: "TIMESTAMP"
        case .nanosecond: "TIMESTAMP_NS"
        }
    }
}
