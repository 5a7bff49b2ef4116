import CTauro

/// A run of values of an array: one of the pieces that are gathered into a larger one.
struct ArrayPiece {
    let array: UnsafePointer<ArrowArray>
    /// The first value, counted from the array's own offset.
    let first: Int
    let count: Int

    /// The first value's position in the buffers.
    var position: Int { Int(array.pointee.offset) + first }

    /// The validity bitmap, unless it is missing or says nothing.
    var validity: UnsafePointer<UInt8>? {
        guard array.pointee.n_buffers > 0, array.pointee.null_count != 0 else { return nil }
        return array.pointee.buffers[0]?.assumingMemoryBound(to: UInt8.self)
    }

    func buffer(_ index: Int) -> UnsafeRawPointer { array.pointee.buffers[index] ?? emptyBytes }

    /// What the offsets of these values span in the data or the child.
    func extent<Offset: FixedWidthInteger & BitwiseCopyable>(_: Offset.Type) -> Range<Int> {
        if count == 0 { return 0..<0 }
        let offsets = buffer(1).assumingMemoryBound(to: Offset.self)
        return Int(offsets[position])..<Int(offsets[position + count])
    }

    /// The run of a child's values that belongs to these, given as a range of the child without its own offset.
    func child(_ index: Int, _ range: Range<Int>) -> ArrayPiece? {
        array.pointee.children[index].map { ArrayPiece(array: $0, first: range.lowerBound, count: range.count) }
    }

    /// The children's runs, for types whose values have some.
    func children(of type: ArrowType) -> [ArrayPiece] {
        let range =
            switch type.layout {
            case .list32: extent(Int32.self)
            case .list64: extent(Int64.self)
            case .fixedList(let size): position * size..<(position + count) * size
            default: position..<position + count
            }
        return type.childFields.indices.compactMap { child($0, range) }
    }

    /// Appends how far each 32-bit offset buffer of these values and of their children reaches.
    func addExtents(_ type: ArrowType, to extents: inout [Int]) {
        if [.variable32, .list32].contains(type.layout) { extents.append(extent(Int32.self).count) }
        for (field, child) in zip(type.childFields, children(of: type)) { child.addExtents(field.type, to: &extents) }
    }
}
