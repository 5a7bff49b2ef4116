/// Up to eight decimal digits that are looked at all at once, a byte each, the first in the lowest.
///
/// Source of the arithmetic: D. Lemire, "Quickly parsing eight digits" (2018).
struct EightDigits {
    /// Values from 0 to 9, zeros first.
    let values: UInt64

    /// Nil unless the first `count` bytes of a word, 1 to 8, are digits.
    @inline(__always)
    init?(_ text: UInt64, count: Int) {
        self.init(values: (text ^ 0x3030_3030_3030_3030) << UInt64(64 - 8 * count))
    }

    /// Nil if a byte is above 9: it has one of the upper bits then, or has one with 6 more.
    @inline(__always)
    init?(values: UInt64) {
        guard (values | (values &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else { return nil }
        self.values = values
    }

    /// In each byte the number of two digits that begins there.
    @inline(__always)
    var pairs: UInt64 { values &* 10 &+ values >> 8 }

    /// The number of all eight: of four pairs the two that lie apart by two bytes are multiplied together.
    @inline(__always)
    var number: Int64 {
        let mask: UInt64 = 0x0000_00FF_0000_00FF
        let sum = (pairs & mask) &* 0x000F_4240_0000_0064 &+ (pairs >> 16 & mask) &* 0x0000_2710_0000_0001
        return Int64(sum >> 32)
    }
}
