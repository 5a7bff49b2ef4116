/// A moment of wall-clock time, in milliseconds.
package struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
    package let millisecondsSinceEpoch: Int64

    package init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// ISO 8601 in UTC with milliseconds: `2026-01-31T10:00:00.123Z`.
    ///
    /// Outside the years 1 to 9999 the count of milliseconds, which no clock that is set shows.
    package var description: String {
        let (days, millisecond) = millisecondsSinceEpoch.quotientAndRemainderFloored(dividingBy: 86_400_000)
        guard let day = Day(daysSinceEpoch: Int(days)) else { return "\(millisecondsSinceEpoch)ms" }
        let second = Int(millisecond) / 1000
        let hour = Digits.padded(second / 3600, to: 2)
        let minute = Digits.padded(second / 60 % 60, to: 2)
        let rest = "\(Digits.padded(second % 60, to: 2)).\(Digits.padded(Int(millisecond) % 1000, to: 3))"
        return "\(day)T\(hour):\(minute):\(rest)Z"
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }
}

extension Int64 {
    /// Division that rounds down, so that the remainder is never negative.
    fileprivate func quotientAndRemainderFloored(dividingBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
