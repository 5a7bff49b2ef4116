import TauroBasics
import TauroData

/// Writes the values of a column as JSON: numbers with every digit, moments as ISO 8601, bytes as Base64.
///
/// Numbers that are not finite are the texts "NaN", "Infinity" and "-Infinity", as Spark writes them.
struct JSONColumnWriter {
    typealias Write = (Int, inout [UInt8]) -> Void

    private let column: ArrowColumn
    private let writeValue: Write
    private let isQuoted: Bool

    /// Looks at the type.
    ///
    /// - Throws: `ArrowError` that names a column whose type JSON has no form for.
    init(_ column: ArrowColumn, name: String) throws {
        self.column = column
        switch column.type {
        case .utf8, .largeUTF8, .utf8View, .binary, .largeBinary, .binaryView, .date32, .time, .timestamp:
            isQuoted = true
        default: isQuoted = false
        }
        writeValue = try Self.writer(column, name)
    }

    /// Appends the value at a row, or `null`.
    func write(_ row: Int, _ bytes: inout [UInt8]) {
        if column.isNull(row) {
            bytes += Array("null".utf8)
        } else {
            writeValue(row, &bytes)
        }
    }

    /// The value at a row as a key: texts without quotes, bytes as they are, anything else as its JSON; nil for null.
    func plain(_ row: Int) -> [UInt8]? {
        if column.isNull(row) { return nil }
        if let bytes = try? column.values(as: [UInt8].self) { return bytes[row] }
        var bytes: [UInt8] = []
        writeValue(row, &bytes)
        return isQuoted ? Array(bytes.dropFirst().dropLast()) : bytes
    }

    private static func writer(_ column: ArrowColumn, _ name: String) throws -> Write {
        switch column.type {
        case .null: return { _, _ in }
        case .bool: return try texts(column.values(as: Bool.self)) { $0 ? "true" : "false" }
        case .int8: return try texts(column.values(as: Int8.self)) { String($0) }
        case .int16: return try texts(column.values(as: Int16.self)) { String($0) }
        case .int32: return try texts(column.values(as: Int32.self)) { String($0) }
        case .int64: return try texts(column.values(as: Int64.self)) { String($0) }
        case .uint8: return try texts(column.values(as: UInt8.self)) { String($0) }
        case .uint16: return try texts(column.values(as: UInt16.self)) { String($0) }
        case .uint32: return try texts(column.values(as: UInt32.self)) { String($0) }
        case .uint64: return try texts(column.values(as: UInt64.self)) { String($0) }
        case .float32: return try texts(column.values(as: Float.self)) { number(Double($0), String($0)) }
        case .float64: return try texts(column.values(as: Double.self)) { number($0, String($0)) }
        case .decimal(_, let scale, 128):
            return try texts(column.values(as: Int128.self)) { JSONText.decimal($0, scale: scale) }
        case .utf8, .largeUTF8, .utf8View:
            let values = try column.values(as: String.self)
            return { row, bytes in append(string: values[row] ?? "", to: &bytes) }
        case .binary, .largeBinary, .binaryView:
            let values = try column.values(as: [UInt8].self)
            return { row, bytes in append(string: JSONText.base64(values[row] ?? []), to: &bytes) }
        default: return try moments(column, name)
        }
    }

    private static func moments(_ column: ArrowColumn, _ name: String) throws -> Write {
        switch column.type {
        case .date32: return try quoted(column.values(as: Int32.self)) { JSONText.day(Int($0)) }
        case .time(let unit) where unit == .second || unit == .millisecond:
            return try quoted(column.values(as: Int32.self)) { JSONText.time(Int64($0), unit) }
        case .time(let unit): return try quoted(column.values(as: Int64.self)) { JSONText.time($0, unit) }
        case .timestamp(let unit, let zone):
            return try quoted(column.values(as: Int64.self)) { JSONText.moment($0, unit) + (zone == nil ? "" : "Z") }
        default: return try nested(column, name)
        }
    }

    private static func nested(_ column: ArrowColumn, _ name: String) throws -> Write {
        switch column.type {
        case .list, .largeList, .fixedSizeList:
            let items = try JSONColumnWriter(column.child(0), name: name)
            return { row, bytes in
                join("[", column.listRange(row), "]", &bytes) { items.write($0, &$1) }
            }
        case .structure(let fields):
            let members = try fields.indices.map { index in
                (fields[index].name, try JSONColumnWriter(column.child(index), name: "\(name).\(fields[index].name)"))
            }
            return { row, bytes in
                join("{", members, "}", &bytes) { member, bytes in
                    append(string: member.0, to: &bytes)
                    bytes.append(UInt8(ascii: ":"))
                    member.1.write(row, &bytes)
                }
            }
        case .map:
            let keys = try JSONColumnWriter(column.child(0).child(0), name: "\(name).key")
            let values = try JSONColumnWriter(column.child(0).child(1), name: "\(name).value")
            return { row, bytes in
                join("{", column.listRange(row), "}", &bytes) { entry, bytes in
                    append(string: String(decoding: keys.plain(entry) ?? [], as: UTF8.self), to: &bytes)
                    bytes.append(UInt8(ascii: ":"))
                    values.write(entry, &bytes)
                }
            }
        default:
            throw ArrowError(
                .unsupported,
                "column '\(name)' is \(column.type), which JSON has no form for; leave it out or convert it to text"
            )
        }
    }

    private static func texts<Value>(_ column: Column<Value>, _ text: @escaping (Value) -> String) -> Write {
        { row, bytes in bytes += column[row].map { Array(text($0).utf8) } ?? [] }
    }

    private static func quoted<Value>(_ column: Column<Value>, _ text: @escaping (Value) -> String) -> Write {
        texts(column) { "\"\(text($0))\"" }
    }

    private static func number(_ value: Double, _ text: String) -> String {
        if value.isFinite { return text }
        return value.isNaN ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\""
    }

    /// Appends a text in quotes.
    static func append(string: String, to bytes: inout [UInt8]) {
        bytes += Array(JSONValue.string(string).text().utf8)
    }

    private static func join<Items: Sequence>(
        _ open: Unicode.Scalar,
        _ items: Items,
        _ close: Unicode.Scalar,
        _ bytes: inout [UInt8],
        _ write: (Items.Element, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(item, &bytes)
        }
        bytes.append(UInt8(ascii: close))
    }
}
