import Glibc

extension FileSystem {
    /// The whole content of a file.
    package static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = try SystemCall.open(path, O_RDONLY, operation: "read")
        defer { close(file) }
        var status = stat()
        try SystemCall.check("read", path) { fstat(file, &status) }
        var bytes: [UInt8] = []
        // One byte more than the size, so that the read which finds the end needs no growth.
        bytes.reserveCapacity(Int(status.st_size) + 1)
        while true {
            let wanted = max(bytes.capacity - bytes.count, 4096)
            let count = try readMore(file, wanted, into: &bytes, path: path)
            if count == 0 { return bytes }
        }
    }

    /// The whole content of a file as text; bytes that are no UTF-8 become replacement characters.
    package static func readText(_ path: String) throws(SystemError) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// The first bytes of a file, all of a shorter one.
    package static func readBeginning(of path: String, atMost limit: Int) throws(SystemError) -> [UInt8] {
        try readPart(of: path, from: 0, atMost: limit)
    }

    /// The bytes of a file from a place on, fewer where it ends before.
    package static func readPart(
        of path: String,
        from offset: Int64,
        atMost limit: Int
    ) throws(SystemError) -> [UInt8] {
        let file = try SystemCall.open(path, O_RDONLY, operation: "read")
        defer { close(file) }
        if offset > 0 { try SystemCall.check("read", path) { lseek(file, off_t(offset), SEEK_SET) } }
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let count = try readMore(file, limit - bytes.count, into: &bytes, path: path)
            if count == 0 { break }
        }
        return bytes
    }

    /// Writes a file in one step: readers see the old content or the new one, never a part.
    ///
    /// With `durable` the content and the directory entry are on the disk when this returns.
    ///
    /// - Throws: `SystemError`; the temporary file is gone then, and the old content untouched.
    package static func writeAtomically(_ bytes: [UInt8], to path: String, durable: Bool = false) throws(SystemError) {
        let temporary = temporaryPath(beside: path)
        do {
            try writeNew(bytes, to: temporary, durable: durable)
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
        if durable { try synchronizeDirectory(FilePath.parent(path)) }
    }

    /// Writes text in one step, as `writeAtomically(_:to:durable:)` does with bytes.
    package static func writeAtomically(_ text: String, to path: String, durable: Bool = false) throws(SystemError) {
        try writeAtomically(Array(text.utf8), to: path, durable: durable)
    }

    /// Puts a directory's entries on the disk: what was created, renamed or removed in it.
    package static func synchronizeDirectory(_ path: String) throws(SystemError) {
        let directory = try SystemCall.open(path, O_RDONLY | O_DIRECTORY, operation: "synchronise")
        defer { close(directory) }
        try SystemCall.check("synchronise", path) { fsync(directory) }
    }

    private static func readMore(
        _ file: Int32,
        _ wanted: Int,
        into bytes: inout [UInt8],
        path: String
    )
        throws(SystemError) -> Int
    {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: wanted))
        let count = try SystemCall.check("read", path) {
            bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: start), wanted)
            }
        }
        bytes.removeLast(wanted - count)
        return count
    }

    private static func writeNew(_ bytes: [UInt8], to path: String, durable: Bool) throws(SystemError) {
        let file = try SystemCall.open(path, O_WRONLY | O_CREAT | O_EXCL, operation: "write")
        defer { close(file) }
        let outcome = bytes.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try SystemCall.writeAll(bytes, to: file, path: path) }
        }
        try outcome.get()
        if durable { try SystemCall.check("synchronise", path) { fsync(file) } }
    }

    /// A name in the same directory, so that the rename stays within one file system.
    static func temporaryPath(beside path: String) -> String {
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        return FilePath.join(FilePath.parent(path), ".\(FilePath.name(path)).\(random).tmp")
    }
}
