import TauroData
import TauroModel

/// What becomes of columns in ORC files, which have fewer types than Arrow.
///
/// Types: "Types" of the ORC specification, version 1, as far as Arrow's writer knows them.
enum ORCColumns {
    /// The type that holds all values of another one; nil where there is none.
    ///
    /// Whole numbers have a sign, and instants are of nanoseconds.
    static func type(for type: ArrowType) -> ArrowType? {
        switch type {
        case .bool, .int8, .int16, .int32, .int64, .float32, .float64, .utf8, .binary, .date32: type
        case .uint8: .int16
        case .uint16: .int32
        case .uint32: .int64
        case .uint64: .decimal(precision: 20, scale: 0, bitWidth: 128)
        case .decimal(let precision, _, _): precision <= 38 ? type : nil
        case .timestamp(_, let zone): .timestamp(.nanosecond, zone: zone == nil ? nil : "UTC")
        default: nested(type)
        }
    }

    private static func nested(_ type: ArrowType) -> ArrowType? {
        switch type {
        case .list(let item), .fixedSizeList(let item, _): return field(item).map { .list($0) }
        case .structure(let members):
            let stored = members.compactMap(field)
            return stored.count == members.count && !stored.isEmpty ? .structure(stored) : nil
        case .map(let entries, let isSorted): return field(entries).map { .map(entries: $0, keysSorted: isSorted) }
        default: return nil
        }
    }

    private static func field(_ field: Field) -> Field? {
        type(for: field.type).map { Field(field.name, $0, isNullable: field.isNullable) }
    }

    /// What SQL makes of a column so that a file can hold it.
    ///
    /// - Throws: `SQLError` with the code `.unsupported` that names a column without such a type.
    static func expression(_ field: Field) throws(SQLError) -> String {
        guard let stored = type(for: field.type) else { throw refusal(field) }
        let name = SQLText.identifier(field.name)
        if case .timestamp(_, let zone) = field.type { return instant(name, field.name, hasZone: zone != nil) }
        if stored == field.type || isWritten(field.type) { return name }
        guard let type = stored.sqlName else { throw refusal(field) }
        return "CAST(\(name) AS \(type)) AS \(name)"
    }

    /// An instant that fits into 64 bits of nanoseconds: no reader would find another one in a file again.
    ///
    /// SQL has no instants of nanoseconds in a zone, and Arrow's writer takes those of microseconds.
    private static func instant(_ name: String, _ title: String, hasZone: Bool) -> String {
        let plain = "CAST(\(name) AS TIMESTAMP)"
        let refusal = SQLText.literal("column '\(title)' holds ")
        let reason = SQLText.literal(", and instants in ORC files are from 1677-09-22 to 2262-04-10")
        return "CASE WHEN \(plain) NOT BETWEEN TIMESTAMP '1677-09-22' AND TIMESTAMP '2262-04-11'"
            + " THEN error(\(refusal) || CAST(\(name) AS VARCHAR) || \(reason))"
            + " ELSE \(hasZone ? name : "CAST(\(name) AS TIMESTAMP_NS)") END AS \(name)"
    }

    /// Whether Arrow's writer takes a type that readers know by another one.
    private static func isWritten(_ type: ArrowType) -> Bool {
        if case .fixedSizeList(let item, _) = type { return ORCColumns.type(for: item.type) == item.type }
        return false
    }

    private static func refusal(_ field: Field) -> SQLError {
        SQLError(
            .unsupported,
            "column '\(field.name)' is \(field.type), which ORC files can not hold; make it another type, for example text"
        )
    }
}
