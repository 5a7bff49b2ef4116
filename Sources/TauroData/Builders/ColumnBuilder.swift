/// Builds one column value by value.
///
/// For one thread at a time. Days, timestamps and the like are built as `Int32` or `Int64` with their type named:
/// `ColumnBuilder<Int32>(type: .date32)`.
public final class ColumnBuilder<Value: ColumnValue> {
    /// The column's type.
    public let type: ArrowType
    // No append calls back into the builder, so accesses can not overlap; the check would cost more than the append.
    @exclusivity(unchecked) @usableFromInline var storage: BuilderStorage

    /// Creates a builder of the value's own type.
    public convenience init() { self.init(unchecked: Value.arrowType) }

    /// Creates a builder of a type that lies in memory as `Value` does.
    ///
    /// - Throws: `ArrowError` with the code `.typeMismatch`; text and bytes are built with 32-bit offsets only.
    public convenience init(type: ArrowType) throws(ArrowError) {
        let isBuildable = [.bits, .variable32].contains(type.layout) || Value.self is any FixedWidthColumnValue.Type
        guard Value.reads(type), isBuildable else {
            throw ArrowError(.typeMismatch, "a ColumnBuilder<\(Value.self)> can not build \(type)")
        }
        self.init(unchecked: type)
    }

    private init(unchecked type: ArrowType) {
        self.type = type
        storage = BuilderStorage(hasOffsets: type.layout == .variable32)
    }

    /// The number of values so far, nulls included.
    public var count: Int { storage.count }

    /// Appends a value; nil is null.
    @inlinable
    public func append(_ value: Value?) {
        Value.append(value, to: &storage)
        storage.advance(isNull: value == nil)
    }

    /// Appends values in order.
    @inlinable
    public func append(contentsOf values: some Sequence<Value?>) {
        for value in values { append(value) }
    }

    /// The column, without copying it; the builder is empty afterwards.
    ///
    /// - Throws: `ArrowError` with the code `.tooLarge` if text or bytes pass 2 GiB: build several batches.
    public func finish() throws(ArrowError) -> ArrowColumn {
        let built = storage
        let isVariable = type.layout == .variable32
        storage = BuilderStorage(hasOffsets: isVariable)
        guard built.data.count <= Int(Int32.max) else {
            throw ArrowError(.tooLarge, "a column of \(built.data.count) bytes passes 2 GiB: build several batches")
        }
        var node = OwnedNode(length: built.count, nullCount: built.nullCount, buffers: [built.validity, built.values])
        if isVariable { node.buffers.append(built.data) }
        return node.column(of: type)
    }
}

extension ArrowColumn {
    /// A column of the given values; nil is null.
    ///
    /// - Throws: `ArrowError` with the code `.tooLarge`.
    public init<Value: ColumnValue>(_ values: some Sequence<Value?>) throws(ArrowError) {
        let builder = ColumnBuilder<Value>()
        builder.append(contentsOf: values)
        self = try builder.finish()
    }
}
