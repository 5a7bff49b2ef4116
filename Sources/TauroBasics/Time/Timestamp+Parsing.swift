extension Timestamp {
    /// Reads a day, `YYYY-MM-DD`, or a moment of one as ISO 8601 writes it: `2026-01-31T10:00`, with or without seconds and
    /// a fraction of them, a space in place of the `T`, `Z` or an offset such as `+01:00`; nil for other text.
    ///
    /// Without an offset it is UTC, and a day is its first moment. What is finer than milliseconds is dropped.
    package init?(parsing text: String) {
        var rest = Array(text.utf8)[...]
        guard rest.count >= 10, let day = Day(String(decoding: rest.prefix(10), as: UTF8.self)) else { return nil }
        rest = rest.dropFirst(10)
        var milliseconds = Int64(day.daysSinceEpoch) * 86_400_000
        if !rest.isEmpty {
            guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(rest.removeFirst()),
                let time = Self.time(&rest), let offset = Self.offset(&rest), rest.isEmpty
            else { return nil }
            milliseconds += time - offset
        }
        self.init(millisecondsSinceEpoch: milliseconds)
    }

    /// Milliseconds since midnight.
    private static func time(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = number(&rest, below: 24), rest.popFirst() == UInt8(ascii: ":"),
            let minute = number(&rest, below: 60)
        else { return nil }
        var milliseconds = (hour * 60 + minute) * 60_000
        guard rest.first == UInt8(ascii: ":") else { return milliseconds }
        rest.removeFirst()
        guard let second = number(&rest, below: 60) else { return nil }
        milliseconds += second * 1000
        guard rest.first == UInt8(ascii: ".") else { return milliseconds }
        rest.removeFirst()
        let digits = rest.prefix { $0.isASCIIDigit }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        var weight: Int64 = 100
        for digit in digits {
            milliseconds += Int64(digit - UInt8(ascii: "0")) * weight
            weight /= 10
        }
        return milliseconds
    }

    /// Milliseconds to the east of UTC.
    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        switch rest.popFirst() {
        case nil: return 0
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0
        case UInt8(ascii: "+"): return distance(&rest)
        case UInt8(ascii: "-"): return distance(&rest).map { -$0 }
        default: return nil
        }
    }

    private static func distance(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hours = number(&rest, below: 24) else { return nil }
        if rest.isEmpty { return hours * 3_600_000 }
        if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
        return number(&rest, below: 60).map { (hours * 60 + $0) * 60_000 }
    }

    /// Two digits.
    private static func number(_ rest: inout ArraySlice<UInt8>, below limit: Int64) -> Int64? {
        guard rest.count >= 2, let first = rest.popFirst(), let second = rest.popFirst(), first.isASCIIDigit,
            second.isASCIIDigit
        else { return nil }
        let number = Int64(first - UInt8(ascii: "0")) * 10 + Int64(second - UInt8(ascii: "0"))
        return number < limit ? number : nil
    }
}
