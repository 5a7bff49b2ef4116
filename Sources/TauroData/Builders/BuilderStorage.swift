/// The buffers of a column in the making.
public struct BuilderStorage {
    /// The number of values so far, nulls included.
    @usableFromInline var count = 0
    @usableFromInline var nullCount = 0
    /// Made with the first null; until then every value is valid.
    @usableFromInline var validity: ArrowBuffer?
    /// Values, or offsets of text and bytes.
    @usableFromInline let values = ArrowBuffer()
    /// Text and bytes.
    @usableFromInline let data = ArrowBuffer()

    init(hasOffsets: Bool) {
        if hasOffsets { values.append(Int32(0)) }
    }

    /// Appends text or bytes.
    ///
    /// Offsets beyond 32 bits wrap; `finish` refuses such a column.
    @usableFromInline
    mutating func appendBytes(_ bytes: UnsafeRawBufferPointer) {
        data.append(bytes)
        values.append(Int32(truncatingIfNeeded: data.count))
    }

    /// Notes whether the value that was just stored is null.
    @inlinable
    mutating func advance(isNull: Bool) {
        if isNull || validity != nil { note(isNull: isNull) }
        count += 1
    }

    @usableFromInline
    mutating func note(isNull: Bool) {
        let bits = validity ?? ArrowBuffer()
        if validity == nil { bits.appendBits(nil, first: 0, length: count, at: 0) }
        bits.appendBit(!isNull, at: count)
        validity = bits
        if isNull { nullCount += 1 }
    }
}
