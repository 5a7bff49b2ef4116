/// Whether bytes are well-formed UTF-8.
///
/// Source: The Unicode Standard, table 3-7.
enum UTF8Check {
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Whether no byte is above 127; such text may be cut anywhere.
    static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        var position = 0
        while position + 64 <= bytes.count {
            var bits: UInt64 = 0
            for word in 0..<8 { bits |= start.loadUnaligned(fromByteOffset: position + word * 8, as: UInt64.self) }
            if bits & highBits != 0 { return false }
            position += 64
        }
        var bits: UInt8 = 0
        while position < bytes.count {
            bits |= start.load(fromByteOffset: position, as: UInt8.self)
            position += 1
        }
        return bits < 0x80
    }

    /// Whether the bytes are UTF-8 from the first to the last.
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        let text = start.assumingMemoryBound(to: UInt8.self)
        var position = 0
        while position < bytes.count {
            if text[position] < 0x80 {
                let isWhole = position + 8 <= bytes.count
                let skips = isWhole && start.loadUnaligned(fromByteOffset: position, as: UInt64.self) & highBits == 0
                position += skips ? 8 : 1
            } else {
                let length = scalarLength(text + position, left: bytes.count - position)
                if length == 0 { return false }
                position += length
            }
        }
        return true
    }

    /// Whether a character may begin with this byte, that is, it does not continue one.
    static func begins(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

    /// The bytes of the character that begins at `text`, which is not ASCII, or 0 if none does.
    private static func scalarLength(_ text: UnsafePointer<UInt8>, left: Int) -> Int {
        let lead = text[0]
        guard lead >= 0xC2, lead <= 0xF4, left > 1 else { return 0 }
        if lead < 0xE0 { return begins(text[1]) ? 0 : 2 }
        // The second byte's range shuts out forms that are too long, surrogates, and what is above U+10FFFF.
        let low: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
        guard text[1] >= low, text[1] <= high, left > 2, !begins(text[2]) else { return 0 }
        if lead < 0xF0 { return 3 }
        return left > 3 && !begins(text[3]) ? 4 : 0
    }
}
