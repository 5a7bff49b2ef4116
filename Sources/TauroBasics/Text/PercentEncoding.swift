/// Texts as parts of addresses and names of directories: bytes that are not plain there stand as `%` and two digits.
///
/// Source: RFC 3986, section 2.1.
package enum PercentEncoding {
    /// A text in which every byte but ASCII letters, digits and the `plain` ones is encoded.
    package static func encode(_ text: some StringProtocol, plain: StaticString) -> String {
        var encoded = ""
        for byte in text.utf8 {
            if byte.isASCIILetter || byte.isASCIIDigit || plain.holds(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    /// The text that was encoded; a `%` without two digits behind it stands for itself, and what is no UTF-8 is replaced.
    package static func decode(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = hexadecimal(rest.prefix(2)) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return values.count == 2 ? UInt8(values[0] * 16 + values[1]) : nil
    }
}

extension StaticString {
    fileprivate func holds(_ byte: UInt8) -> Bool { withUTF8Buffer { $0.contains(byte) } }
}
