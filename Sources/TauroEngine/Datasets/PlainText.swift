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

    /// The name of the function that passes such a text on and refuses others.
    var functionName: String { "tauro_\(rawValue)" }

    /// Whether a text that is accepted is a value of its type; otherwise casting it tells.
    var isCertain: Bool { self == .int64 || self == .date }

    /// Whether a text looks so, but for spaces around it.
    @inline(__always)
    func accepts(_ text: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .int64 where Self.isShortNumber(text): true
        case .date where Self.isEarlyDay(text): true
        default: looksSo(Self.trimmed(text))
        }
    }

    private func looksSo(_ text: Swift.Slice<UnsafeRawBufferPointer>) -> Bool {
        switch self {
        case .int64: return Self.isInt64(text)
        case .integer: return text.allSatisfy { Self.isDigit($0) || "+-_".utf8.contains($0) }
        case .number: return text.allSatisfy { Self.isDigit($0) || "+-_.eE".utf8.contains($0) }
        case .boolean: return text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8)
        case .date: return Self.isDay(text)
        case .moment: return Self.isMoment(text)
        case .none: return false
        }
    }

    /// What nearly all whole numbers are: digits alone, too few for what 64 bits do not hold.
    @inline(__always)
    private static func isShortNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        if text.isEmpty || text.count > 18 { return false }
        for byte in text where !isDigit(byte) { return false }
        return true
    }

    /// What nearly all days are: `YYYY-MM-DD`; those at the end of a month are looked at longer.
    @inline(__always)
    private static func isEarlyDay(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count == 10, text[4] == dash, text[7] == dash else { return false }
        for place in 0..<10 where place != 4 && place != 7 && !isDigit(text[place]) { return false }
        let month = Int(text[5] - zero) * 10 + Int(text[6] - zero)
        let day = Int(text[8] - zero) * 10 + Int(text[9] - zero)
        return 1...12 ~= month && 1...(month == 2 ? 28 : 30) ~= day
    }

    /// DuckDB takes underscores between digits.
    private static func isInt64(_ text: Swift.Slice<UnsafeRawBufferPointer>) -> Bool {
        let text = String(decoding: text, as: UTF8.self)
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.last?.isNumber == true && ($0.first?.isNumber == true || $0 == parts[0]) }) else {
            return false
        }
        return Int64(parts.joined()) != nil
    }

    /// Year, month and day, divided by two dashes or two slashes.
    private static func isDay(_ text: Swift.Slice<UnsafeRawBufferPointer>) -> Bool {
        let isDash = text.contains(dash)
        let parts = text.split(separator: isDash ? dash : UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ (1...6).contains($0.count) && $0.allSatisfy(isDigit) }) else {
            return false
        }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - zero) } }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return 1...12 ~= month && 1...days[month - 1] ~= day
    }

    private static let zero = UInt8(ascii: "0")
    private static let dash = UInt8(ascii: "-")

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
