import CTauro

/// One column of a batch as Swift values: a random-access collection of optionals.
///
/// Reading allocates nothing (a `String` of more than 15 bytes does). Sendable because the memory is immutable and
/// held by `owner`.
public struct Column<Value: ColumnValue>: @unchecked Sendable, RandomAccessCollection {
    /// The number of values, nulls included.
    public let count: Int
    /// The number of nulls.
    public let nullCount: Int
    @usableFromInline let buffers: ColumnBuffers
    @usableFromInline let owner: AnyObject

    init(_ column: ArrowColumn) {
        count = column.count
        nullCount = column.nullCount
        buffers = ColumnBuffers(column)
        owner = column.owner
    }

    /// The first row: 0.
    @inlinable public var startIndex: Int { 0 }
    /// The number of rows.
    @inlinable public var endIndex: Int { count }

    /// The value at `row`, or nil where it is null.
    @inlinable
    public subscript(row: Int) -> Value? {
        precondition(row >= 0 && row < count, "row out of range")
        defer { extendLifetime(owner) }
        if let validity = buffers.validity, !bit(validity, buffers.offset + row) { return nil }
        return Value.read(buffers, at: row)
    }

    /// Whether the value at `row` is null.
    @inlinable
    public func isNull(_ row: Int) -> Bool {
        precondition(row >= 0 && row < count, "row out of range")
        defer { extendLifetime(owner) }
        guard let validity = buffers.validity else { return false }
        return !bit(validity, buffers.offset + row)
    }
}

extension Column where Value: FixedWidthColumnValue {
    /// Calls `body` with the values as they lie in memory, one for each row.
    ///
    /// What stands at a null row is undefined; ask `isNull`. The pointer is valid only during the call.
    @inlinable
    public func withUnsafeValues<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Value>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(owner) }
        let first = buffers.values + buffers.offset * MemoryLayout<Value>.stride
        return try body(
            UnsafeBufferPointer(start: count == 0 ? nil : first.assumingMemoryBound(to: Value.self), count: count)
        )
    }
}

extension Column where Value == String {
    /// Calls `body` with the UTF-8 bytes at `row` as they lie in memory, without making a `String`.
    ///
    /// Empty where the value is null; ask `isNull`. The pointer is valid only during the call.
    @inlinable
    public func withUTF8<Result, Failure: Error>(
        at row: Int,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(owner) }
        return try body(isNull(row) ? UnsafeRawBufferPointer(start: nil, count: 0) : buffers.bytes(row))
    }
}

extension ArrowColumn {
    /// The column as Swift values; `name` is for the message.
    ///
    /// - Throws: `ArrowError` with the code `.typeMismatch`.
    public func values<Value: ColumnValue>(
        as: Value.Type,
        name: String = ""
    ) throws(ArrowError) -> Column<Value> {
        guard Value.reads(type) else {
            throw ArrowError(
                .typeMismatch,
                "column '\(name)' is \(type), but \(Value.self) reads \(Value.readableTypes)"
            )
        }
        return Column(self)
    }
}

extension RecordBatch {
    /// The column named `name` as Swift values.
    ///
    /// - Throws: `ArrowError`: `.unknownColumn` with the nearest name, or `.typeMismatch` with both types.
    public func column<Value: ColumnValue>(_ name: String, as: Value.Type) throws(ArrowError) -> Column<Value> {
        try column(at: try schema.index(of: name)).values(as: Value.self, name: name)
    }

    /// The column named `name`, of any type.
    ///
    /// - Throws: `ArrowError` with the code `.unknownColumn`.
    public func column(_ name: String) throws(ArrowError) -> ArrowColumn {
        column(at: try schema.index(of: name))
    }

    /// The column at `index`, of any type.
    public func column(at index: Int) -> ArrowColumn {
        let type = schema.fields[index].type
        let root = owner.array.pointee
        guard let child = root.children[index] else { return ArrowColumn(emptyOf: type) }
        return ArrowColumn(type: type, owner: owner, array: child, start: Int(root.offset) + start, count: rowCount)
    }
}
