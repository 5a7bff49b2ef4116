/// Lines and columns of byte offsets in one text.
///
/// Offsets asked for in ascending order cost one walk in all.
package struct ByteOffsetPlaces {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var line = 1
    private var column = 1

    package init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Line and column, in characters and from 1, of a byte.
    package mutating func place(of wanted: Int) -> (line: Int, column: Int) {
        if wanted < offset { self = ByteOffsetPlaces(bytes: bytes) }
        while offset < wanted {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                // Bytes that continue a character are part of the column of its first.
                column += 1
            }
            offset += 1
        }
        return (line, column)
    }
}
