import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Whether files give back a frame as it was: the same columns with the same types and values, in the same order.
///
/// What comes back as what it was is held to by tests of every type.
struct ExactColumns {
    /// The files that hold the columns.
    enum Files {
        case parquet
        case arrow
        /// Parquet files of a Delta table, which has fewer types.
        case delta

        /// Nil for formats that say no types, or other ones.
        init?(_ format: BulkFormat?) {
            switch format {
            case .parquet: self = .parquet
            case .arrow: self = .arrow
            case .avro, .csv, .delta, .json, .orc, nil: return nil
            }
        }
    }

    let files: Files
    let engine: any Engine

    /// By what the columns are known again; nil where one would not come back as it is.
    func mark(of schema: Schema) -> String? {
        guard !schema.fields.isEmpty, schema.metadata.isEmpty, schema.fields.allSatisfy(isExact) else { return nil }
        let nested = schema.fields.filter { $0.type.isNested }
        if !nested.isEmpty, !areOwn(nested) { return nil }
        return ExactColumns.mark(of: schema)
    }

    /// XXH64 of the columns' names and types, in hexadecimal digits.
    static func mark(of schema: Schema) -> String {
        let text = schema.fields.map { "\($0.name): \($0.type)\0" }.joined()
        return String(XXH64.hash(Array(text.utf8)), radix: 16)
    }

    private func isExact(_ field: Field) -> Bool {
        field.isNullable && field.metadata.isEmpty && isExact(field.type)
    }

    private func isExact(_ type: ArrowType) -> Bool {
        switch type {
        case .bool, .int8, .int16, .int32, .int64, .float32, .float64, .utf8, .binary, .date32: true
        case .uint8, .uint16, .uint32, .uint64: files != .delta
        case .decimal(let precision, let scale, let width): width == 128 && (0...precision).contains(scale)
        case .timestamp(.microsecond, let zone): zone == nil || zone == "UTC"
        case .timestamp(.nanosecond, nil), .time(.microsecond): files != .delta
        case .list(let item): isExact(item.type)
        case .structure(let fields): fields.allSatisfy { isExact($0.type) }
        case .map(let entries, _): isExact(entries.type)
        default: false
        }
    }

    /// Whether nested types are those that the engine makes itself, down to the names within them, which no description says.
    private func areOwn(_ fields: [Field]) -> Bool {
        let values = fields.enumerated().compactMap { place, field in
            field.type.sqlName.map { "CAST(NULL AS \($0)) AS c\(place)" }
        }
        guard values.count == fields.count,
            let made = try? engine.open(QueryRequest(text: "SELECT \(values.joined(separator: ", "))", tables: []))
                .schema()
        else { return false }
        return made.fields.map(\.type) == fields.map(\.type)
    }
}
