import TauroBasics

/// The frame of a journal's line: `{"sum":"<16 hexadecimal digits>",` and the rest, of whose bytes up to the line's end the
/// digits are XXH64.
enum JournalLine {
    /// What a line begins with.
    static let head = Array(#"{"sum":""#.utf8)
    /// What follows the digits.
    static let foot = Array(#"","#.utf8)
    static let digits = 16
    /// Where the rest begins.
    static let restOffset = 26
    static let end = UInt8(ascii: "\n")

    /// Whether a line, without its end, has its frame and the right sum.
    static func isWhole(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count > restOffset, line.starts(with: head),
            line[(head.count + digits)..<restOffset].elementsEqual(foot)
        else { return false }
        let sum = XXH64.hash(UnsafeRawBufferPointer(rebasing: line[restOffset...]))
        return line[head.count..<(head.count + digits)].elementsEqual(hexadecimal(sum))
    }

    /// The sixteen digits of a number.
    static func hexadecimal(_ number: UInt64) -> [UInt8] {
        (0..<digits).map { digit(number >> UInt64(60 - 4 * $0)) }
    }

    /// The digit of the last four bits.
    static func digit(_ number: UInt64) -> UInt8 {
        let value = UInt8(number & 15)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
