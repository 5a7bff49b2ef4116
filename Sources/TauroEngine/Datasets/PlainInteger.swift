/// A whole number that `BIGINT` holds, read from its text as DuckDB reads it: with a sign, and underscores between digits.
enum PlainInteger {
    /// The number; nil for a text that is none, or one with a fraction or an exponent, which DuckDB would round.
    @inline(__always)
    static func value(of text: DuckDBText) -> Int64? {
        if 1...8 ~= text.count, let number = EightDigits(text.firstEight, count: text.count)?.number { return number }
        return usual(text.bytes) ?? value(of: PlainText.trimmed(text.bytes))
    }

    /// Digits, at most so many that 64 bits hold them whatever they are, behind a minus or not.
    private static func usual(_ text: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = text.dropFirst(isNegative ? 1 : 0)
        guard 1...18 ~= digits.count else { return nil }
        var number: Int64 = 0
        for byte in digits {
            guard PlainText.isDigit(byte) else { return nil }
            number = number &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
        }
        return isNegative ? -number : number
    }

    /// The number that a text without spaces around it is, however it is written.
    static func value(of text: Swift.Slice<UnsafeRawBufferPointer>) -> Int64? {
        let text = String(decoding: text, as: UTF8.self)
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.last?.isNumber == true && ($0.first?.isNumber == true || $0 == parts[0]) }) else {
            return nil
        }
        return Int64(parts.joined())
    }
}
