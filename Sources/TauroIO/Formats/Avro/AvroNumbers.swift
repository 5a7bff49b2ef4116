/// Reads Avro's binary encoding from the front of some bytes, as far as a file's frame needs it.
///
/// Layout: "Binary Encoding" of the Avro specification, version 1.12.
struct AvroNumbers {
    private let bytes: [UInt8]
    /// How many bytes were read.
    private(set) var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A `long`: seven bits a byte, the lowest first, zigzag; nil where the bytes end before.
    mutating func next() -> Int64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard count < bytes.count else { return nil }
            let byte = bytes[count]
            count += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
        }
        return nil
    }

    /// Some bytes; nil where they end before.
    mutating func take(_ length: Int) -> [UInt8]? {
        guard length >= 0, length <= bytes.count - count else { return nil }
        defer { count += length }
        return Array(bytes[count..<(count + length)])
    }

    /// A map of byte sequences: blocks, of which the last is empty; a negative count is followed by a length.
    mutating func skipMap() -> Bool {
        while let entries = next() {
            if entries == 0 { return true }
            if entries < 0, next() == nil { return false }
            for _ in 0..<entries.magnitude where !skipBytes() || !skipBytes() { return false }
        }
        return false
    }

    private mutating func skipBytes() -> Bool {
        guard let length = next().flatMap({ Int(exactly: $0) }), length >= 0, length <= bytes.count - count else {
            return false
        }
        count += length
        return true
    }
}
