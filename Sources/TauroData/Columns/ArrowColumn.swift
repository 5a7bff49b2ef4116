import CTauro

/// One column of a batch, of any type; a view that keeps its memory alive.
///
/// Sendable because the memory it points to is immutable and held by `owner`.
public struct ArrowColumn: @unchecked Sendable {
    /// The column's type.
    public let type: ArrowType
    /// The number of values, nulls included.
    public let count: Int
    let owner: ArrayOwner
    let array: UnsafePointer<ArrowArray>
    /// The first value, counted from the array's own offset.
    let start: Int

    init(type: ArrowType, owner: ArrayOwner, array: UnsafePointer<ArrowArray>, start: Int, count: Int) {
        self.type = type
        self.owner = owner
        self.array = array
        self.start = start
        self.count = count
    }

    /// Takes over a C array of one column that this room made itself.
    init(type: ArrowType, taking array: inout ArrowArray) {
        let count = Int(array.length)
        let owner = ArrayOwner(taking: &array)
        self.init(type: type, owner: owner, array: UnsafePointer(owner.array), start: 0, count: count)
    }

    /// A column without values.
    init(emptyOf type: ArrowType) {
        var array = ArrayNode(emptyOf: type).export(owner: EmptyOwner())
        self.init(type: type, taking: &array)
    }

    /// Whether the value at `row` is null.
    public func isNull(_ row: Int) -> Bool {
        precondition(row >= 0 && row < count, "row \(row) of a column of \(count)")
        if type == .null { return true }
        defer { extendLifetime(owner) }
        guard let validity else { return false }
        return !bit(validity, Int(array.pointee.offset) + start + row)
    }

    /// The number of nulls; counts them if the producer did not.
    public var nullCount: Int {
        if type == .null { return count }
        defer { extendLifetime(owner) }
        guard let validity, array.pointee.null_count != 0 else { return 0 }
        if array.pointee.null_count > 0, count == Int(array.pointee.length) { return Int(array.pointee.null_count) }
        let first = Int(array.pointee.offset) + start
        return (first..<first + count).reduce(0) { $0 + (bit(validity, $1) ? 0 : 1) }
    }

    /// The validity bitmap, if the type has one and the array carries it.
    var validity: UnsafePointer<UInt8>? {
        switch type.layout {
        case .null, .runEnds, .union: return nil
        default: return array.pointee.buffers[0]?.assumingMemoryBound(to: UInt8.self)
        }
    }

    /// The child at `index`: a field of a struct, row by row, or the items of a list, all of them.
    public func child(_ index: Int) -> ArrowColumn {
        let field = type.childFields[index]
        guard let child = array.pointee.children[index] else { return ArrowColumn(emptyOf: field.type) }
        if type.layout == .structure {
            let first = Int(array.pointee.offset) + start
            return ArrowColumn(type: field.type, owner: owner, array: child, start: first, count: count)
        }
        return ArrowColumn(
            type: field.type,
            owner: owner,
            array: child,
            start: 0,
            count: Int(child.pointee.length)
        )
    }

    /// Which items of `child(0)` the list at `row` holds; empty for what is no list.
    public func listRange(_ row: Int) -> Range<Int> {
        precondition(row >= 0 && row < count, "row \(row) of a column of \(count)")
        defer { extendLifetime(owner) }
        let position = Int(array.pointee.offset) + start + row
        switch type.layout {
        case .list32:
            guard let offsets = array.pointee.buffers[1]?.assumingMemoryBound(to: Int32.self) else { return 0..<0 }
            return Int(offsets[position])..<Int(offsets[position + 1])
        case .list64:
            guard let offsets = array.pointee.buffers[1]?.assumingMemoryBound(to: Int64.self) else { return 0..<0 }
            return Int(offsets[position])..<Int(offsets[position + 1])
        case .fixedList(let size): return position * size..<(position + 1) * size
        default: return 0..<0
        }
    }
}

/// Whether the bit at `position` is set; Arrow counts bits from the lowest.
@inlinable
func bit(_ bytes: UnsafePointer<UInt8>, _ position: Int) -> Bool {
    bytes[position >> 3] & (1 << UInt8(truncatingIfNeeded: position & 7)) != 0
}
