import CDuckDB

/// How the text of a value looks that means the same after it was read with a type.
///
/// DuckDB's casts are lenient: `1.5` becomes the integer 2, a moment loses its time of day as a date and its zone as a
/// timestamp, `7` becomes true. Where types are guessed from the first rows of a file, that would change the rows after
/// them without a word.
enum PlainText: String, CaseIterable {
    case integer
    /// An integer of 64 bits, which `BIGINT` always takes.
    case int64
    case number
    case boolean
    /// A day that there is, which `DATE` always takes.
    case date
    case moment
    /// Of values that were found to change: none is plain.
    case none

    /// What keeps columns of an SQL type, as DuckDB writes it, as they are; nil where no cast changes a value.
    init?(keeping type: String) {
        switch type {
        case "BIGINT": self = .int64
        case "TINYINT", "SMALLINT", "INTEGER", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
            self = .integer
        case "FLOAT", "DOUBLE": self = .number
        case "BOOLEAN": self = .boolean
        case "DATE": self = .date
        case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS": self = .moment
        default: return nil
        }
    }

    /// The name of the function that passes such a text on, or its value, and refuses others.
    var functionName: String { "tauro_\(rawValue)" }

    /// Whether its function gives the value; otherwise it gives the text, and casting that tells whether it is one.
    var isRead: Bool { self == .int64 || self == .date }

    /// DuckDB's number of the type of what its function gives.
    var resultType: Int32 {
        switch self {
        case .int64: TAURO_DUCKDB_BIGINT
        case .date: TAURO_DUCKDB_DATE
        default: TAURO_DUCKDB_VARCHAR
        }
    }

    /// An integer of any width, but for spaces around it, as all below.
    static func isInteger(_ text: UnsafeRawBufferPointer) -> Bool {
        trimmed(text).allSatisfy { isDigit($0) || "+-_".utf8.contains($0) }
    }

    static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        trimmed(text).allSatisfy { isDigit($0) || "+-_.eE".utf8.contains($0) }
    }

    static func isBoolean(_ text: UnsafeRawBufferPointer) -> Bool {
        let text = trimmed(text)
        return text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8)
    }

    /// Date and time without a zone, which is what a third dash would begin.
    static func isMoment(_ text: UnsafeRawBufferPointer) -> Bool {
        let text = trimmed(text)
        return text.allSatisfy { isDigit($0) || "-/:. Tt".utf8.contains($0) }
            && text.count { $0 == UInt8(ascii: "-") } <= 2
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    static func trimmed(_ text: UnsafeRawBufferPointer) -> Swift.Slice<UnsafeRawBufferPointer> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (text.startIndex, text.endIndex)
        while start < end, isSpace(text[start]) { start += 1 }
        while start < end, isSpace(text[end - 1]) { end -= 1 }
        return text[start..<end]
    }
}
