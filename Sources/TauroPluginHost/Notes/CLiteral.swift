/// Literals of C as a note carries them: the author's spelling, not yet a value.
enum CLiteral {
    /// Why a literal was not taken: what was expected.
    struct Malformed: Error, Equatable {
        let expected: String
    }

    /// The text of adjacent string literals, joined.
    static func string(_ source: some StringProtocol) throws(Malformed) -> String {
        var reader = StringReader(source: Array(source.utf8))
        let bytes = try reader.read()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Malformed(expected: "a string of valid UTF-8")
        }
        return text
    }

    /// A whole number: decimal with an optional sign, or hexadecimal after `0x`.
    static func int64(_ source: some StringProtocol) throws(Malformed) -> Int64 {
        let malformed = Malformed(
            expected: "a whole number between \(Int64.min) and \(Int64.max), written as decimal digits or 0x and "
                + "hexadecimal digits (a macro's name or a suffix is not expanded)"
        )
        let bytes = Array(source.utf8)
        let value: Int64?
        if bytes.starts(with: [0x30, 0x78]) {
            let digits = bytes.dropFirst(2)
            value = digits.allSatisfy(isHexDigit) ? Int64(String(decoding: digits, as: UTF8.self), radix: 16) : nil
        } else {
            value = Int64(source)
        }
        guard let value else { throw malformed }
        return value
    }

    /// A decimal number with an optional fraction and exponent.
    static func float64(_ source: some StringProtocol) throws(Malformed) -> Double {
        let malformed = Malformed(
            expected: "a decimal number such as 600.0 or 1e-3 (a macro's name or a suffix is not expanded)"
        )
        let allowed = source.utf8.allSatisfy { isDigit($0) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains($0) }
        guard allowed, let value = Double(source) else { throw malformed }
        guard value.isFinite else { throw Malformed(expected: "a number that a double can hold") }
        return value
    }

    /// `true` or `false`.
    static func bool(_ source: some StringProtocol) throws(Malformed) -> Bool {
        switch source {
        case "true": true
        case "false": false
        default: throw Malformed(expected: "true or false")
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isHexDigit(_ byte: UInt8) -> Bool { hexValue(byte) != nil }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

/// Reads string literals byte by byte, as a C compiler does.
private struct StringReader {
    private static let quote: UInt8 = 0x22
    private static let backslash: UInt8 = 0x5c
    /// Escapes of one letter: n t r \ " ' ? a b f v.
    private static let simple: [UInt8: UInt8] = [
        0x6e: 0x0a, 0x74: 0x09, 0x72: 0x0d, 0x5c: 0x5c, 0x22: 0x22, 0x27: 0x27, 0x3f: 0x3f, 0x61: 0x07, 0x62: 0x08,
        0x66: 0x0c, 0x76: 0x0b,
    ]

    let source: [UInt8]
    private var cursor = 0
    private var text: [UInt8] = []

    init(source: [UInt8]) { self.source = source }

    mutating func read() throws(CLiteral.Malformed) -> [UInt8] {
        repeat {
            guard next() == StringReader.quote else {
                throw CLiteral.Malformed(expected: "a string literal in double quotes")
            }
            try readRest()
            while cursor < source.count, source[cursor] == 0x20 { cursor += 1 }
        } while cursor < source.count
        return text
    }

    /// The rest of one literal, up to and with its closing quote.
    private mutating func readRest() throws(CLiteral.Malformed) {
        while let byte = next() {
            if byte == StringReader.quote { return }
            text.append(byte == StringReader.backslash ? try escape() : byte)
            if text.last == 0 { throw CLiteral.Malformed(expected: "a string without a NUL inside") }
        }
        throw CLiteral.Malformed(expected: "a closing quote")
    }

    private mutating func escape() throws(CLiteral.Malformed) -> UInt8 {
        guard let letter = next() else { throw CLiteral.Malformed(expected: "a letter after the backslash") }
        if let byte = StringReader.simple[letter] { return byte }
        if letter == 0x78 {
            return try number(digits: 1...2, radix: 16, first: nil)
        }
        if (0x30...0x37).contains(letter) { return try number(digits: 0...2, radix: 8, first: letter - 0x30) }
        throw CLiteral.Malformed(expected: "an escape that C knows, not \\\(Character(Unicode.Scalar(letter)))")
    }

    /// A byte by its digits.
    ///
    /// A digit more than two hexadecimal ones would be another byte in C: that is refused.
    private mutating func number(
        digits: ClosedRange<Int>,
        radix: Int,
        first: UInt8?
    ) throws(CLiteral.Malformed) -> UInt8 {
        var value = Int(first ?? 0)
        var count = 0
        while count < 3, cursor < source.count, let digit = CLiteral.hexValue(source[cursor]), digit < radix {
            if radix == 8 && count == digits.upperBound { break }
            value = value * radix + Int(digit)
            count += 1
            cursor += 1
        }
        guard digits.contains(count), let byte = UInt8(exactly: value) else {
            throw CLiteral.Malformed(expected: "an escape of one byte: \\xHH or \\ooo")
        }
        return byte
    }

    private mutating func next() -> UInt8? {
        guard cursor < source.count else { return nil }
        cursor += 1
        return source[cursor - 1]
    }
}
