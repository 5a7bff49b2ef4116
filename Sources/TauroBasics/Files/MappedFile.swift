import Glibc

/// A file of a fixed size that is written as memory, and is locked for as long as this object lives.
///
/// What is written outlives the process, however it ends: the pages belong to the file. It need not outlive the
/// machine. Safe from any thread as far as what is written is; the memory goes with the object.
package final class MappedFile: @unchecked Sendable {
    // Address and size do not change after `init`; who writes what is the owner's to order.

    /// The memory: zeros at first.
    package let memory: UnsafeMutableRawBufferPointer
    private let descriptor: Int32

    /// Makes a file that nobody has, with all of its space on the disk, and locks it.
    ///
    /// On a file system without locks the file stays unlocked.
    ///
    /// - Throws: `SystemError`; no file is left then.
    package init(creating path: String, size: Int) throws(SystemError) {
        let opened = try SystemCall.open(path, O_RDWR | O_CREAT | O_EXCL, operation: "make")
        do throws(SystemError) {
            memory = try MappedFile.map(opened, path, size)
        } catch {
            close(opened)
            unlink(path)
            throw error
        }
        _ = flock(opened, LOCK_EX | LOCK_NB)
        descriptor = opened
    }

    deinit {
        munmap(memory.baseAddress, memory.count)
        close(descriptor)
    }

    private static func map(
        _ file: Int32,
        _ path: String,
        _ size: Int
    )
        throws(SystemError) -> UnsafeMutableRawBufferPointer
    {
        // A hole would be filled at the first write to it, which ends the process where the disk is full.
        let code = posix_fallocate(file, 0, off_t(size))
        if code != 0 { throw SystemError(operation: "make", path: path, code: code) }
        let address = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        guard let address, address != MAP_FAILED else {
            throw SystemError(operation: "map", path: path, code: errno)
        }
        return UnsafeMutableRawBufferPointer(start: address, count: size)
    }
}
