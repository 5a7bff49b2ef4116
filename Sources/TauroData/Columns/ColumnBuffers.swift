import CTauro

/// The buffers of one column, resolved once so that reading a value is only arithmetic.
///
/// Valid for as long as the `Column` that holds it; what it points to is immutable.
public struct ColumnBuffers {
    /// How text and bytes are laid out; `fixed` covers everything that has no length of its own.
    @usableFromInline
    enum Layout {
        case fixed
        case offsets32
        case offsets64
        case views
    }

    @usableFromInline let layout: Layout
    @usableFromInline let validity: UnsafePointer<UInt8>?
    /// Values, offsets or views.
    @usableFromInline let values: UnsafeRawPointer
    /// The bytes that 32- and 64-bit offsets point into.
    @usableFromInline let data: UnsafeRawPointer
    /// All buffers of the array; those of views begin at the third.
    @usableFromInline let buffers: UnsafeMutablePointer<UnsafeRawPointer?>?
    /// The first row's position in the buffers.
    @usableFromInline let offset: Int

    init(_ column: ArrowColumn) {
        let array = column.array.pointee
        let empty = emptyBytes
        layout =
            switch column.type.layout {
            case .variable32: .offsets32
            case .variable64: .offsets64
            case .view: .views
            default: .fixed
            }
        validity = column.nullCount == 0 ? nil : column.validity
        values = array.n_buffers > 1 ? array.buffers[1] ?? empty : empty
        data = array.n_buffers > 2 ? array.buffers[2] ?? empty : empty
        buffers = array.buffers
        offset = Int(array.offset) + column.start
    }

    /// The fixed-width value at `row`.
    @inlinable
    func fixed<Value: BitwiseCopyable>(_ row: Int, as: Value.Type) -> Value {
        values.loadUnaligned(fromByteOffset: (offset + row) * MemoryLayout<Value>.stride, as: Value.self)
    }

    /// The bit at `row`.
    @inlinable
    func flag(_ row: Int) -> Bool {
        bit(values.assumingMemoryBound(to: UInt8.self), offset + row)
    }

    /// The bytes at `row`, whichever way they are laid out.
    @inlinable
    func bytes(_ row: Int) -> UnsafeRawBufferPointer {
        let position = offset + row
        switch layout {
        case .fixed: return UnsafeRawBufferPointer(start: nil, count: 0)
        case .offsets32:
            let first = Int(values.loadUnaligned(fromByteOffset: position * 4, as: Int32.self))
            let last = Int(values.loadUnaligned(fromByteOffset: position * 4 + 4, as: Int32.self))
            return UnsafeRawBufferPointer(start: data + first, count: last - first)
        case .offsets64:
            let first = Int(values.loadUnaligned(fromByteOffset: position * 8, as: Int64.self))
            let last = Int(values.loadUnaligned(fromByteOffset: position * 8 + 8, as: Int64.self))
            return UnsafeRawBufferPointer(start: data + first, count: last - first)
        case .views: return viewed(values + position * 16)
        }
    }

    /// A view: length, then 12 bytes in place, or a prefix, the number of a buffer and an offset into it.
    @usableFromInline
    func viewed(_ view: UnsafeRawPointer) -> UnsafeRawBufferPointer {
        let count = Int(view.loadUnaligned(as: Int32.self))
        if count <= 12 { return UnsafeRawBufferPointer(start: view + 4, count: count) }
        let buffer = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        let first = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
        guard let bytes = buffers?[2 + buffer] else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: bytes + first, count: count)
    }
}
