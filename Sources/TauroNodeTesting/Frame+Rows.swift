import TauroBasics
import TauroData
public import TauroSDK

extension TauroSDK.Frame {
    /// Creates a small table of rows: `Frame(["carrier", "delay"], rows: [["AA", 10], ["UA", nil]])`.
    ///
    /// A column is int64, float64 (also where whole numbers and fractions meet), bool or utf8, as its values are; utf8
    /// where it has none but nulls. Build columns of other types with `Frame(columns:)`.
    ///
    /// - Parameters:
    ///   - columns: the columns' names.
    ///   - rows: one value for each column.
    /// - Throws: `NodeError` with `.invalid` for a row of another length, or a column of mixed types.
    public init(_ columns: [String], rows: [[SQLValue]]) throws {
        if let row = rows.firstIndex(where: { $0.count != columns.count }) {
            throw NodeError.invalid("row \(row) has \(rows[row].count) values for \(columns.count) columns")
        }
        let built = try columns.enumerated().map { index, name in
            (name: name, column: try column(of: rows.map { $0[index] }, name: name))
        }
        self.init(try RecordBatch(columns: built))
    }

    /// All rows, to compare with: whole numbers of every width as int64, days as text, `YYYY-MM-DD`.
    ///
    /// - Throws: `NodeError` with `.unsupported` for columns of other types, which `values(_:as:)` reads.
    public var rows: [[SQLValue]] {
        get throws {
            var rows: [[SQLValue]] = []
            try forEachBatch { batch in
                let columns = try batch.schema.fields.map { try sqlValues(of: batch, $0) }
                rows += (0..<batch.rowCount).map { row in columns.map { $0[row] } }
            }
            return rows
        }
    }
}

private func column(of values: [SQLValue], name: String) throws -> ArrowColumn {
    let given = values.filter { $0 != .null }
    let kinds = Set(given.map { $0.kind })
    switch kinds {
    case [.int64]: return try ArrowColumn(values.map { if case .int64(let number) = $0 { number } else { nil } })
    case [.float64], [.int64, .float64]: return try ArrowColumn(values.map(\.double))
    case [.bool]: return try ArrowColumn(values.map { if case .bool(let flag) = $0 { flag } else { nil } })
    case [.string], []:
        return try ArrowColumn(values.map { if case .string(let text) = $0 { text } else { String?.none } })
    default: throw NodeError.invalid("the values of column '\(name)' are of different types")
    }
}

private func sqlValues(of batch: RecordBatch, _ field: Field) throws -> [SQLValue] {
    switch field.type {
    case .int64: try batch.column(field.name, as: Int64.self).map { $0.map { .int64($0) } ?? .null }
    case .int8, .int16, .int32, .uint8, .uint16, .uint32:
        try batch.numbers(field.name).map { $0.map { .int64(Int64($0)) } ?? .null }
    case .float32, .float64: try batch.numbers(field.name).map { $0.map { .float64($0) } ?? .null }
    case .bool: try batch.column(field.name, as: Bool.self).map { $0.map { .bool($0) } ?? .null }
    case .utf8, .largeUTF8, .utf8View:
        try batch.column(field.name, as: String.self).map { $0.map { .string($0) } ?? .null }
    case .date32:
        try batch.column(field.name, as: Int32.self).map { days in
            days.flatMap { Day(daysSinceEpoch: Int($0)) }.map { .string("\($0)") } ?? .null
        }
    default:
        throw NodeError.unsupported("column '\(field.name)' is \(field.type); read it with values(_:as:)")
    }
}

extension SQLValue {
    fileprivate enum Kind {
        case null
        case int64
        case float64
        case bool
        case string
    }

    fileprivate var kind: Kind {
        switch self {
        case .null: .null
        case .int64: .int64
        case .float64: .float64
        case .bool: .bool
        case .string: .string
        }
    }

    fileprivate var double: Double? {
        switch self {
        case .int64(let number): Double(number)
        case .float64(let number): number
        default: nil
        }
    }
}
