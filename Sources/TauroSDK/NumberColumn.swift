/// A column of any numeric type, read as `Double`: for nodes that take numbers as they come.
///
/// What a CSV file holds may arrive as whole numbers today and with fractions tomorrow. Whole numbers beyond 2^53 lose
/// their last digits, as in any `Double`.
public struct NumberColumn: Sendable, RandomAccessCollection {
    @usableFromInline
    enum Storage: Sendable {
        case float64(Column<Double>)
        case int64(Column<Int64>)
        case int32(Column<Int32>)
        case float32(Column<Float>)
        case int16(Column<Int16>)
        case int8(Column<Int8>)
        case uint64(Column<UInt64>)
        case uint32(Column<UInt32>)
        case uint16(Column<UInt16>)
        case uint8(Column<UInt8>)
    }

    @usableFromInline let storage: Storage
    /// The number of values, nulls included.
    public let count: Int

    /// The first row: 0.
    @inlinable public var startIndex: Int { 0 }
    /// The number of rows.
    @inlinable public var endIndex: Int { count }

    /// The number at `row`, or nil where it is null.
    @inlinable
    public subscript(row: Int) -> Double? {
        switch storage {
        case .float64(let column): column[row]
        case .int64(let column): column[row].map { Double($0) }
        case .int32(let column): column[row].map { Double($0) }
        case .float32(let column): column[row].map { Double($0) }
        case .int16(let column): column[row].map { Double($0) }
        case .int8(let column): column[row].map { Double($0) }
        case .uint64(let column): column[row].map { Double($0) }
        case .uint32(let column): column[row].map { Double($0) }
        case .uint16(let column): column[row].map { Double($0) }
        case .uint8(let column): column[row].map { Double($0) }
        }
    }
}

extension NumberColumn {
    init(_ column: ArrowColumn, name: String) throws(ArrowError) {
        count = column.count
        storage =
            switch column.type {
            case .float64: .float64(try column.values(as: Double.self))
            case .int64: .int64(try column.values(as: Int64.self))
            case .int32: .int32(try column.values(as: Int32.self))
            case .float32: .float32(try column.values(as: Float.self))
            case .int16: .int16(try column.values(as: Int16.self))
            case .int8: .int8(try column.values(as: Int8.self))
            case .uint64: .uint64(try column.values(as: UInt64.self))
            case .uint32: .uint32(try column.values(as: UInt32.self))
            case .uint16: .uint16(try column.values(as: UInt16.self))
            case .uint8: .uint8(try column.values(as: UInt8.self))
            default: throw ArrowError(.typeMismatch, "column '\(name)' is \(column.type), but a number is expected")
            }
    }
}

extension RecordBatch {
    /// The column named `name` as numbers, whichever numeric type it has.
    ///
    /// - Throws: `ArrowError`: `.unknownColumn` with the nearest name, or `.typeMismatch` for what is no number.
    public func numbers(_ name: String) throws(ArrowError) -> NumberColumn {
        try NumberColumn(try column(name), name: name)
    }
}
