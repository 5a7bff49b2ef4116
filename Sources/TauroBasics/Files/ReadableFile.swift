import Glibc

/// A file that is there and is not written any more, mapped for reading a part at a time.
package final class ReadableFile: MappableBytes {
    private let descriptor: Int32
    private let path: String
    /// The size in bytes, when the file was opened.
    package let size: Int64

    /// Opens a file.
    package init(_ path: String) throws(SystemError) {
        let opened = try SystemCall.open(path, O_RDONLY | O_NOFOLLOW, operation: "read")
        var status = stat()
        do throws(SystemError) {
            try SystemCall.check("read", path) { fstat(opened, &status) }
        } catch {
            close(opened)
            throw error
        }
        descriptor = opened
        self.path = path
        size = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    package func map(_ position: Int, count: Int) throws(SystemError) -> MappedMemory {
        try MappedMemory(descriptor, position: position, count: count, of: path)
    }
}
