extension ArrowType: CustomStringConvertible {
    /// The type as people write it, for example `timestamp(us)` or `list<int64>`.
    public var description: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int8: "int8"
        case .uint8: "uint8"
        case .int16: "int16"
        case .uint16: "uint16"
        case .int32: "int32"
        case .uint32: "uint32"
        case .int64: "int64"
        case .uint64: "uint64"
        case .float16: "float16"
        case .float32: "float32"
        case .float64: "float64"
        case .decimal(let precision, let scale, let width): "decimal\(width)(\(precision), \(scale))"
        case .utf8: "utf8"
        case .largeUTF8: "large_utf8"
        case .utf8View: "utf8_view"
        case .binary: "binary"
        case .largeBinary: "large_binary"
        case .binaryView: "binary_view"
        case .fixedSizeBinary(let width): "fixed_size_binary(\(width))"
        case .date32: "date32"
        case .date64: "date64"
        case .time(let unit): "time(\(unit.sign))"
        case .timestamp(let unit, let zone): "timestamp(\(unit.sign)\(zone.map { ", " + $0 } ?? ""))"
        case .duration(let unit): "duration(\(unit.sign))"
        case .interval(let unit): "interval(\(unit))"
        default: nestedDescription
        }
    }

    private var nestedDescription: String {
        switch self {
        case .list(let item): "list<\(item.type)>"
        case .largeList(let item): "large_list<\(item.type)>"
        case .listView(let item): "list_view<\(item.type)>"
        case .largeListView(let item): "large_list_view<\(item.type)>"
        case .fixedSizeList(let item, let size): "fixed_size_list<\(item.type)>(\(size))"
        case .structure(let fields): "struct<\(ArrowType.listing(fields))>"
        case .map(let entries, _): "map<\(entries.type)>"
        case .union(let mode, _, let fields): "\(mode)_union<\(ArrowType.listing(fields))>"
        case .dictionary(let index, let values, _): "dictionary<\(index), \(values)>"
        case .runEndEncoded(_, let values): "run_end_encoded<\(values.type)>"
        default: "\(format)"
        }
    }

    private static func listing(_ fields: [Field]) -> String {
        fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
    }
}
