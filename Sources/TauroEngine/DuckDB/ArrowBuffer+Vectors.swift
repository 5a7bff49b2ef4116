import TauroData
import TauroModel

extension ArrowBuffer {
    /// Appends a vector of one byte a flag as bits; `position` is the number of bits before.
    func appendFlags(_ vector: DuckDBVector, at position: Int) {
        reserve(vector.count / 8 + 1)
        let flags = vector.values.assumingMemoryBound(to: UInt8.self)
        var done = 0
        // Bit by bit up to a whole byte of the target, then a byte at a time, then the rest.
        while done < vector.count, (position + done) & 7 != 0 {
            appendBit(flags[done] & 1 != 0, at: position + done)
            done += 1
        }
        while vector.count - done >= 8 {
            // The product moves the lowest bit of byte i to bit 56 + i.
            let eight = vector.values.loadUnaligned(fromByteOffset: done, as: UInt64.self) & 0x0101_0101_0101_0101
            let packed = UInt8((eight &* 0x0102_0408_1020_4080) >> 56)
            bytes.storeBytes(of: packed, toByteOffset: count, as: UInt8.self)
            count += 1
            done += 8
        }
        while done < vector.count {
            appendBit(flags[done] & 1 != 0, at: position + done)
            done += 1
        }
    }

    /// Appends a vector of narrow decimals as 128-bit ones; there is room for them.
    func appendWidened<Narrow: FixedWidthInteger & BitwiseCopyable>(_ vector: DuckDBVector, from: Narrow.Type) {
        let target = (bytes + count).assumingMemoryBound(to: Int128.self)
        let source = vector.values.assumingMemoryBound(to: Narrow.self)
        for row in 0..<vector.count { target[row] = Int128(source[row]) }
        count += vector.count * 16
    }

    /// Appends a vector of 128-bit integers as int64, 0 where it is null; there is room for them.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a number that int64 does not hold.
    func appendNarrowed<Wide: FixedWidthInteger & BitwiseCopyable>(
        _ vector: DuckDBVector,
        from: Wide.Type,
        name: String
    ) throws(SQLError) {
        let target = (bytes + count).assumingMemoryBound(to: Int64.self)
        for row in 0..<vector.count {
            guard DuckDBVector.isValid(vector.validity, row) else {
                target[row] = 0
                continue
            }
            let value = vector.values.loadUnaligned(fromByteOffset: row * 16, as: Wide.self)
            guard let narrow = Int64(exactly: value) else { throw .beyondInt64("\(value)", column: name) }
            target[row] = narrow
        }
        count += vector.count * 8
    }
}

extension SQLError {
    /// A 128-bit integer in a result that is too large for a node.
    static func beyondInt64(_ value: String, column: String) -> SQLError {
        SQLError(
            .invalid,
            "\(value) in column '\(column)' does not fit int64; CAST the sum to DOUBLE or DECIMAL(38, 0)"
        )
    }
}
