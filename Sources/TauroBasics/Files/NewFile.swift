import Glibc

/// A file that is written under a name of its own, and gets its name when it is whole.
///
/// One that is never placed is removed with this object. Belongs to one thread.
package final class NewFile {
    private let path: String
    private let descriptor: Int32
    private var isPlaced = false

    /// Makes an empty file in the directory of `target`, with these permissions whatever the process's mask.
    ///
    /// - Throws: `SystemError`.
    package init(beside target: String, permissions: UInt32) throws(SystemError) {
        let path = FileSystem.temporaryPath(beside: target)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        let descriptor = try SystemCall.open(path, flags, mode: permissions, operation: "write")
        self.path = path
        self.descriptor = descriptor
        try SystemCall.check("set the permissions of", path) { fchmod(descriptor, permissions) }
    }

    deinit {
        close(descriptor)
        if !isPlaced { unlink(path) }
    }

    /// Adds bytes at the end.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        try SystemCall.writeAll(bytes, to: descriptor, path: path)
    }

    /// Gives the file its name in one step; a file that has it is replaced.
    package func place(at target: String) throws(SystemError) {
        try FileSystem.rename(path, to: target)
        isPlaced = true
    }
}
