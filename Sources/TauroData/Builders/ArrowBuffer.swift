import Glibc

/// A buffer of an Arrow array in the making: 64-byte aligned, growing by doubling.
///
/// Not thread-safe while it grows; immutable once it is part of a column. Nothing here calls back, so accesses can not
/// overlap, and the checks for that, which cost more than the appends, are off.
@usableFromInline
package final class ArrowBuffer {
    /// The bytes; 64-byte aligned, as Arrow recommends.
    @exclusivity(unchecked) @usableFromInline package private(set) var bytes: UnsafeMutableRawPointer
    /// How many bytes are in use.
    @exclusivity(unchecked) @usableFromInline package var count = 0
    @exclusivity(unchecked) @usableFromInline package private(set) var capacity: Int

    @usableFromInline
    package init(capacity: Int = 64) {
        self.capacity = max(64, capacity)
        bytes = .allocate(byteCount: self.capacity, alignment: 64)
    }

    deinit { bytes.deallocate() }

    /// Makes room for `additional` bytes more.
    @inlinable
    package func reserve(_ additional: Int) {
        if count + additional > capacity { grow(to: max(count + additional, capacity * 2)) }
    }

    /// Moves the bytes to a buffer of `newCapacity`, which is no less than `count`.
    @usableFromInline
    package func grow(to newCapacity: Int) {
        let grown = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 64)
        grown.copyMemory(from: bytes, byteCount: count)
        bytes.deallocate()
        bytes = grown
        capacity = newCapacity
    }

    /// Appends a value as it lies in memory.
    @inlinable
    func append<Value: BitwiseCopyable>(_ value: Value) {
        reserve(MemoryLayout<Value>.size)
        bytes.storeBytes(of: value, toByteOffset: count, as: Value.self)
        count += MemoryLayout<Value>.size
    }

    /// Appends bytes.
    @inlinable
    package func append(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress, !source.isEmpty else { return }
        reserve(source.count)
        (bytes + count).copyMemory(from: start, byteCount: source.count)
        count += source.count
    }

    /// Appends one bit; `position` is the number of bits appended before.
    @inlinable
    package func appendBit(_ value: Bool, at position: Int) {
        if position & 7 == 0 { append(UInt8(0)) }
        guard value else { return }
        let byte = bytes.load(fromByteOffset: position >> 3, as: UInt8.self)
        bytes.storeBytes(of: byte | 1 << UInt8(position & 7), toByteOffset: position >> 3, as: UInt8.self)
    }

    /// Appends `length` bits of `source` from `first`, or that many set bits where `source` is nil.
    package func appendBits(_ source: UnsafePointer<UInt8>?, first: Int, length: Int, at position: Int) {
        var done = 0
        // Bit by bit up to a whole byte of the target, then a byte at a time, then the rest.
        while done < length, (position + done) & 7 != 0 {
            appendBit(source.map { bit($0, first + done) } ?? true, at: position + done)
            done += 1
        }
        reserve((length - done) / 8 + 1)
        if let source, (first + done) & 7 == 0 {
            let whole = (length - done) / 8
            append(UnsafeRawBufferPointer(start: source + (first + done) >> 3, count: whole))
            done += whole * 8
        }
        while length - done >= 8 {
            append(source.map { octet($0, first + done) } ?? 0xFF)
            done += 8
        }
        while done < length {
            appendBit(source.map { bit($0, first + done) } ?? true, at: position + done)
            done += 1
        }
    }
}

/// Eight bits from any bit position; reads no byte that holds none of them.
private func octet(_ bytes: UnsafePointer<UInt8>, _ position: Int) -> UInt8 {
    let shift = UInt8(position & 7)
    let low = bytes[position >> 3]
    return shift == 0 ? low : low >> shift | bytes[(position >> 3) + 1] << (8 - shift)
}
