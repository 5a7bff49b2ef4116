import Glibc

extension FileSystem {
    private static let digestPiece = 1 << 20

    /// The size of a file in bytes, and XXH64 of all of them; it is read in pieces of a megabyte.
    package static func digest(of path: String) throws(SystemError) -> (size: Int64, digest: UInt64) {
        let file = try SystemCall.open(path, O_RDONLY, operation: "read")
        defer { close(file) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: digestPiece, alignment: 64)
        defer { piece.deallocate() }
        var hash = XXH64()
        var size: Int64 = 0
        while true {
            let count = try SystemCall.check("read", path) { Glibc.read(file, piece.baseAddress, piece.count) }
            if count == 0 { return (size, hash.finish()) }
            hash.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            size += Int64(count)
        }
    }

    /// Puts what a file holds, or which names are in a directory, on the disk.
    package static func synchronize(_ path: String) throws(SystemError) {
        let file = try SystemCall.open(path, O_RDONLY, operation: "synchronise")
        defer { close(file) }
        try SystemCall.check("synchronise", path) { fsync(file) }
    }
}
