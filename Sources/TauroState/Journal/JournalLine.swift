import TauroBasics

/// The frame of a journal's line: `{"sum":"<16 hexadecimal digits>",` and the rest, of whose bytes up to the line's end the
/// digits are XXH64.
enum JournalLine {
    /// What stands before the digits.
    private static let head = Array(#"{"sum":""#.utf8)
    /// What stands between the digits and the rest.
    private static let foot = Array(#"","#.utf8)
    static let digitsOffset = 8
    static let digits = 16
    static let restOffset = 26
    static let end = UInt8(ascii: "\n")

    /// Whether a line, without its end, has its frame and the right sum.
    static func isWhole(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count > restOffset, line.starts(with: head), line[..<restOffset].suffix(2).elementsEqual(foot)
        else { return false }
        let sum = XXH64.hash(UnsafeRawBufferPointer(rebasing: line[restOffset...]))
        return (0..<digits).allSatisfy { line[digitsOffset + $0] == digit(sum, $0) }
    }

    /// One of the sixteen hexadecimal digits of a number; the first one, at 0, counts most.
    static func digit(_ number: UInt64, _ place: Int) -> UInt8 {
        digit(UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place)) & 15)
    }

    /// The hexadecimal digit of a number below 16.
    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
