import TauroBasics

extension PlainFile {
    private static let pieceSize = 1 << 20

    /// Gives the whole content in order, piece by piece.
    ///
    /// - Throws: `PlainFileError`, and what `body` throws.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: PlainFile.pieceSize, alignment: 16)
        defer { piece.deallocate() }
        var offset: UInt64 = 0
        while offset < size {
            let count = Int(min(UInt64(piece.count), size - offset))
            let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<count])
            try read("its content", at: offset, into: part)
            try body(UnsafeRawBufferPointer(part))
            offset += UInt64(count)
        }
    }

    /// The SHA-256 digest of the whole content, in hexadecimal digits.
    ///
    /// - Throws: `PlainFileError`.
    func sha256() throws -> String {
        var hash = SHA256()
        try forEachPiece { hash.update($0) }
        return hash.finish()
    }
}
