/// A run of bits that begins anywhere in a bitmap; Arrow counts bits from the lowest.
struct BitRun {
    let bytes: UnsafePointer<UInt8>
    let first: Int
    let count: Int

    /// How many bits are not set.
    var zeros: Int {
        var ones = 0
        var done = 0
        while done + 64 <= count {
            ones += word(done).nonzeroBitCount
            done += 64
        }
        while done < count {
            ones += octet(done).nonzeroBitCount
            done += 8
        }
        return count - ones
    }

    /// Copies the bits to the beginning of `target`; what is left of its last byte becomes zero.
    func copy(to target: UnsafeMutablePointer<UInt8>) {
        let whole = count / 8
        if first & 7 == 0 {
            target.update(from: bytes + first >> 3, count: whole)
        } else {
            for index in 0..<whole { target[index] = octet(index * 8) }
        }
        if count & 7 != 0 { target[whole] = octet(whole * 8) }
    }

    /// The 64 bits from `position`, all of them inside the run.
    private func word(_ position: Int) -> UInt64 {
        let start = UnsafeRawPointer(bytes) + (first + position) >> 3
        let shift = UInt64((first + position) & 7)
        let low = start.loadUnaligned(as: UInt64.self)
        return shift == 0 ? low : low >> shift | UInt64(start.load(fromByteOffset: 8, as: UInt8.self)) << (64 - shift)
    }

    /// Up to eight bits from `position`, zeros behind the run; reads no byte that holds none of them.
    private func octet(_ position: Int) -> UInt8 {
        let index = (first + position) >> 3
        let shift = UInt8((first + position) & 7)
        let left = min(8, count - position)
        var bits = bytes[index] >> shift
        if Int(shift) + left > 8 { bits |= bytes[index + 1] << (8 - shift) }
        return bits & UInt8(truncatingIfNeeded: (1 << left) - 1)
    }
}
