/// The words of a JSON text: strings, numbers and literals.
struct JSONScanner {
    private let bytes: [UInt8]
    /// The place of the next byte.
    private(set) var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte; nil at the end.
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The next character for an error message.
    var described: String {
        guard let current else { return "the end of the text" }
        guard current > 0x20, current != 0x7F else { return "the byte 0x\(String(current, radix: 16))" }
        let following = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
        if let scalar = following.unicodeScalars.first,
            scalar.properties.generalCategory == .format || scalar.properties.isWhitespace
        {
            return "the invisible character U+\(String(scalar.value, radix: 16, uppercase: true))"
        }
        return "`\(following.first ?? "?")`"
    }

    mutating func advance() { offset += 1 }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// Takes `word` if the text goes on with it.
    mutating func take(_ word: StaticString) -> Bool {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let matches = word.withUTF8Buffer { $0.elementsEqual(bytes[offset..<end]) }
        if matches { offset = end }
        return matches
    }

    /// Takes a string, quotes included.
    mutating func string() throws(JSONError) -> String {
        let open = offset
        advance()
        let start = offset
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { offset += 1 }
        // Most strings have no escape and are decoded straight from the text.
        if current == UInt8(ascii: "\"") {
            defer { advance() }
            return try decoded(bytes[start..<offset], from: start)
        }
        var unescaped = Array(bytes[start..<offset])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return try decoded(unescaped[...], from: start)
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case 0..<0x20: throw JSONError("found a control character in a string; write it as an escape", at: offset)
            default:
                unescaped.append(byte)
                advance()
            }
        }
        throw JSONError("a string is not closed", at: open)
    }

    /// Takes a number.
    mutating func number() throws(JSONError) -> JSONReader.Event {
        let start = offset
        if current == UInt8(ascii: "-") { advance() }
        let firstDigit = offset
        try digits()
        if bytes[firstDigit] == UInt8(ascii: "0"), offset > firstDigit + 1 {
            throw JSONError("a number must not begin with 0", at: firstDigit)
        }
        var isWhole = true
        if current == UInt8(ascii: ".") {
            isWhole = false
            advance()
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            advance()
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { advance() }
            try digits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text) else { throw JSONError("a number can not be read", at: start) }
        return isWhole ? .largeInteger(double) : .double(double)
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let byte = current, byte.isASCIIDigit { offset += 1 }
        if offset == start { throw JSONError("found \(described); expected a digit", at: offset) }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = offset
        advance()
        guard let byte = current else { throw JSONError("a string is not closed", at: start) }
        advance()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape(from: start)).utf8)
        default: throw JSONError("found an unknown escape in a string", at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Character {
        let first = try hexadecimal(from: start)
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00, take("\\u") else { throw JSONError("half of a surrogate pair in a string", at: start) }
        let second = try hexadecimal(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw JSONError("half of a surrogate pair in a string", at: start) }
        return Character(scalar)
    }

    private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        let end = min(offset + 4, bytes.count)
        let text = String(decoding: bytes[offset..<end], as: UTF8.self)
        guard text.utf8.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
            throw JSONError("`\\u` in a string needs four hexadecimal digits", at: start)
        }
        offset = end
        return value
    }

    private func decoded(_ text: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw JSONError("a string is not valid UTF-8", at: start)
        }
        return string
    }
}
