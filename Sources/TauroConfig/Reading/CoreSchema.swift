import TauroBasics
import TauroModel

/// What plain scalars mean: the core schema of YAML 1.2 (yaml.org/spec/1.2.2, section 10.3.2).
enum CoreSchema {
    /// What a scalar without quotes is.
    enum Resolution {
        case value(ConfigValue.Content)
        /// A whole number that 64 bits do not hold.
        case tooLarge
    }

    /// Reads a scalar.
    ///
    /// Whatever is no null, boolean or number is text; dates are text too.
    static func resolve(_ bytes: UnsafeBufferPointer<UInt8>) -> Resolution {
        guard let first = bytes.first else { return .value(.null) }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(bytes) ?? .value(.string(String(decoding: bytes, as: UTF8.self)))
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
            UInt8(ascii: "f"), UInt8(ascii: "F"):
            let text = String(decoding: bytes, as: UTF8.self)
            return .value(words[text] ?? .string(text))
        default: return .value(.string(String(decoding: bytes, as: UTF8.self)))
        }
    }

    /// Reads a text as if it stood in a file without quotes.
    static func resolve(_ text: String) -> Resolution {
        var text = text
        return text.withUTF8 { resolve($0) }
    }

    private static let words: [String: ConfigValue.Content] = [
        "~": .null, "null": .null, "Null": .null, "NULL": .null,
        "true": .bool(true), "True": .bool(true), "TRUE": .bool(true),
        "false": .bool(false), "False": .bool(false), "FALSE": .bool(false),
    ]

    private static let specialNumbers: [String: Double] = [
        ".inf": .infinity, ".Inf": .infinity, ".INF": .infinity,
        "+.inf": .infinity, "+.Inf": .infinity, "+.INF": .infinity,
        "-.inf": -.infinity, "-.Inf": -.infinity, "-.INF": -.infinity,
        ".nan": .nan, ".NaN": .nan, ".NAN": .nan,
    ]

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Resolution? {
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
            if bytes[1] == UInt8(ascii: "x") { return based(bytes, radix: 16) }
            if bytes[1] == UInt8(ascii: "o") { return based(bytes, radix: 8) }
        }
        switch shape(of: bytes) {
        case .whole:
            // `Int64` takes a leading minus or plus, as the schema does.
            return Int64(String(decoding: bytes, as: UTF8.self)).map { .value(.integer($0)) } ?? .tooLarge
        case .decimal: return Double(String(decoding: bytes, as: UTF8.self)).map { .value(.double($0)) }
        case .other:
            // Dates and versions come here often, so nothing is built for what can not be a special number.
            guard bytes.count <= 5 else { return nil }
            return specialNumbers[String(decoding: bytes, as: UTF8.self)].map { .value(.double($0)) }
        }
    }

    private static func based(_ bytes: UnsafeBufferPointer<UInt8>, radix: Int) -> Resolution? {
        let digits = bytes.dropFirst(2)
        // `Int64` would take a sign here, which the schema does not.
        guard digits.allSatisfy(\.isHexadecimalDigit) else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        if let number = Int64(text, radix: radix) { return .value(.integer(number)) }
        let isNumber = radix == 16 || digits.allSatisfy { $0 < UInt8(ascii: "8") }
        return isNumber ? .tooLarge : nil
    }

    private enum Shape {
        case whole
        case decimal
        case other
    }

    /// `[-+]?[0-9]+`, or `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, or neither.
    private static func shape(of bytes: UnsafeBufferPointer<UInt8>) -> Shape {
        var rest = bytes[...]
        skipSign(&rest)
        let whole = skipDigits(&rest)
        if rest.isEmpty { return whole > 0 ? .whole : .other }
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = skipDigits(&rest)
        }
        if whole + fraction == 0 { return .other }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            skipSign(&rest)
            if skipDigits(&rest) == 0 { return .other }
        }
        return rest.isEmpty ? .decimal : .other
    }

    private static func skipSign(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) {
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    }

    private static func skipDigits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        let start = rest.startIndex
        while let byte = rest.first, byte.isASCIIDigit { rest.removeFirst() }
        return rest.startIndex - start
    }
}
