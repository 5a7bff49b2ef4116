public import CTauro

/// Rows of a table in memory: columns of equal length, immutable, shared without copying.
///
/// A batch is a view on memory that it keeps alive; slices and columns are further views on the same memory, which
/// is released once, when the last of them is gone. Safe from any thread.
public struct RecordBatch: Sendable {
    /// The columns' names and types.
    public let schema: Schema
    /// The number of rows.
    public let rowCount: Int
    let owner: ArrayOwner
    /// The batch's first row, counted from the array's own offset.
    let start: Int

    init(schema: Schema, owner: ArrayOwner, start: Int, rowCount: Int) {
        self.schema = schema
        self.owner = owner
        self.start = start
        self.rowCount = rowCount
    }

    /// Takes over a C array of rows (a struct array whose children are the columns).
    ///
    /// On success `array.release` is NULL and the memory is the batch's; on failure the caller still owns it.
    ///
    /// - Throws: `ArrowError` with the code `.malformed` if the array does not fit `schema` or breaks the format.
    public init(importing array: inout ArrowArray, schema: Schema) throws(ArrowError) {
        try checkSoundness(of: array, schema: schema)
        self.init(schema: schema, owner: ArrayOwner(taking: &array), start: 0, rowCount: Int(array.length))
    }

    /// Takes over the C array at `pointer`; see `init(importing:schema:)`.
    public init(importing pointer: UnsafeMutablePointer<ArrowArray>, schema: Schema) throws(ArrowError) {
        try self.init(importing: &pointer.pointee, schema: schema)
    }

    /// Joins columns to a batch without copying them.
    ///
    /// - Throws: `ArrowError` with the code `.typeMismatch` if the columns' lengths differ.
    public init(columns: [(name: String, column: ArrowColumn)]) throws(ArrowError) {
        let rowCount = columns.first?.column.count ?? 0
        if let other = columns.first(where: { $0.column.count != rowCount }) {
            throw ArrowError(
                .typeMismatch,
                "column '\(other.name)' has \(other.column.count) rows, but '\(columns[0].name)' has \(rowCount)"
            )
        }
        self.init(
            schema: Schema(columns.map { Field($0.name, $0.column.type) }),
            columns: columns.map(\.column),
            rowCount: rowCount
        )
    }

    /// Joins columns to a batch of a known schema without copying them.
    ///
    /// - Throws: `ArrowError` with the code `.typeMismatch` if a type or a length differs.
    public init(schema: Schema, columns: [ArrowColumn]) throws(ArrowError) {
        guard columns.map(\.type) == schema.fields.map(\.type), Set(columns.map(\.count)).count < 2 else {
            let found = columns.map { "\($0.type) of \($0.count) rows" }.joined(separator: ", ")
            throw ArrowError(.typeMismatch, "the schema is (\(schema)), but the columns are \(found)")
        }
        self.init(schema: schema, columns: columns, rowCount: columns.first?.count ?? 0)
    }

    /// The same rows under other metadata; the columns' types are the same.
    package init(_ batch: RecordBatch, schema: Schema) {
        self.init(schema: schema, owner: batch.owner, start: batch.start, rowCount: batch.rowCount)
    }

    /// A batch without rows.
    public init(emptyWith schema: Schema) {
        self.init(
            schema: schema,
            columns: schema.fields.map { ArrowColumn(emptyOf: $0.type) },
            rowCount: 0
        )
    }

    init(schema: Schema, columns: [ArrowColumn], rowCount: Int) {
        let node = ArrayNode(
            length: rowCount,
            nullCount: 0,
            buffers: [nil],
            children: columns.map { ArrayNode(viewing: $0.array, start: $0.start, count: $0.count) }
        )
        var array = node.export(owner: Owners(owners: columns.map(\.owner)))
        self.init(schema: schema, owner: ArrayOwner(taking: &array), start: 0, rowCount: rowCount)
    }

    /// The rows in `range`, counted from this batch's first row; shares the memory.
    public func slice(_ range: Range<Int>) -> RecordBatch {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "rows \(range) of a batch of \(rowCount)")
        return RecordBatch(schema: schema, owner: owner, start: start + range.lowerBound, rowCount: range.count)
    }
}

/// Keeps several owners alive for one array that is made of their columns.
private final class Owners {
    let owners: [ArrayOwner]

    init(owners: [ArrayOwner]) { self.owners = owners }
}

extension RecordBatch {
    /// A C array of these rows, which the caller owns; the memory stays alive until its `release`.
    ///
    /// Copies nothing.
    public func export() -> ArrowArray {
        export(columns: Array(schema.fields.indices), range: 0..<rowCount)
    }

    /// A C array of some columns, in the given order, of the rows in `range`.
    ///
    /// The struct's own offset is always 0, because many readers forget it; the columns carry the offset.
    public func export(columns: [Int], range: Range<Int>) -> ArrowArray {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "rows \(range) of a batch of \(rowCount)")
        let children = columns.map { index in
            let column = column(at: index)
            return ArrayNode(viewing: column.array, start: column.start + range.lowerBound, count: range.count)
        }
        return ArrayNode(length: range.count, nullCount: 0, buffers: [nil], children: children).export(owner: owner)
    }
}
