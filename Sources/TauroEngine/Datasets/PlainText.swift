/// How the text of a value looks that means the same after it was read with a type.
///
/// DuckDB's casts are lenient: `1.5` becomes the integer 2, a moment loses its time of day as a date and its zone as a
/// timestamp, `7` becomes true. Where types are guessed from the first rows of a file, that would change the rows after
/// them without a word.
enum PlainText: String, CaseIterable {
    case integer
    case number
    case boolean
    case date
    case moment
    /// Of values that were found to change: none is plain.
    case none

    /// What keeps columns of an SQL type, as DuckDB writes it, as they are; nil where no cast changes a value.
    init?(keeping type: String) {
        switch type {
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
            "UHUGEINT":
            self = .integer
        case "FLOAT", "DOUBLE": self = .number
        case "BOOLEAN": self = .boolean
        case "DATE": self = .date
        case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS": self = .moment
        default: return nil
        }
    }

    /// The name of the function that passes such a text on and refuses others.
    var functionName: String { "tauro_\(rawValue)" }

    /// Whether a text looks so, but for spaces around it; it may still be no value of its type, which casting it tells.
    func accepts(_ text: UnsafeRawBufferPointer) -> Bool {
        let text = Self.trimmed(text)
        switch self {
        case .integer: return text.allSatisfy { Self.isDigit($0) || "+-_".utf8.contains($0) }
        case .number: return text.allSatisfy { Self.isDigit($0) || "+-_.eE".utf8.contains($0) }
        case .boolean: return text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8)
        case .date: return text.allSatisfy { Self.isDigit($0) || "-/".utf8.contains($0) }
        case .moment: return Self.isMoment(text)
        case .none: return false
        }
    }

    /// Date and time without a zone, which is what a third dash would begin.
    private static func isMoment(_ text: Swift.Slice<UnsafeRawBufferPointer>) -> Bool {
        text.allSatisfy { isDigit($0) || "-/:. Tt".utf8.contains($0) } && text.count { $0 == UInt8(ascii: "-") } <= 2
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func trimmed(_ text: UnsafeRawBufferPointer) -> Swift.Slice<UnsafeRawBufferPointer> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (text.startIndex, text.endIndex)
        while start < end, isSpace(text[start]) { start += 1 }
        while start < end, isSpace(text[end - 1]) { end -= 1 }
        return text[start..<end]
    }
}
