import Glibc

/// Bytes that are mapped for reading, a part at a time.
package protocol MappableBytes: Sendable {
    /// A part, mapped for reading; `position` is a multiple of a page.
    ///
    /// Safe from any thread.
    func map(_ position: Int, count: Int) throws(SystemError) -> MappedMemory
}

/// Where rows go that memory has no room for: written once, at the end, and read through mappings.
package protocol SpoolStore: MappableBytes {
    /// Writes pieces one after another and gives the position of the first, which is a multiple of a page.
    ///
    /// For one thread at a time.
    ///
    /// - Throws: `SystemError`; what was written before can still be read.
    func append(_ pieces: [UnsafeRawBufferPointer]) throws(SystemError) -> Int
}

/// A file without a name, which is gone with this object, however the process ends.
///
/// It is written by calls that fail where the disk is full, and mapped only as far as it is written: reading it is never
/// a signal for want of room.
package final class SpoolFile: SpoolStore {
    private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

    private let descriptor: Int32
    private let directory: String

    /// Makes an empty file that only this user may read, in a directory that is made where it is missing.
    package init(in directory: String) throws(SystemError) {
        try FileSystem.makeDirectories(directory)
        let path = FileSystem.temporaryPath(beside: FilePath.join(directory, "frame"))
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
        descriptor = try SystemCall.open(path, flags, mode: 0o600, operation: "make")
        self.directory = directory
        unlink(path)
    }

    deinit { close(descriptor) }

    package func append(_ pieces: [UnsafeRawBufferPointer]) throws(SystemError) -> Int {
        let end = Int(try SystemCall.check("write to", directory) { lseek(descriptor, 0, SEEK_END) })
        let start = (end + Self.pageSize - 1) / Self.pageSize * Self.pageSize
        try SystemCall.check("write to", directory) { lseek(descriptor, off_t(start), SEEK_SET) }
        for piece in pieces {
            try SystemCall.writeAll(piece, to: descriptor, operation: "write to", path: directory)
        }
        return start
    }

    package func map(_ position: Int, count: Int) throws(SystemError) -> MappedMemory {
        try MappedMemory(descriptor, position: position, count: count, of: directory)
    }
}
