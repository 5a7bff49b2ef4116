package import TauroBasics

/// What a journal asks of the file that it is in: each function is one call of the system, and may fail as one does.
///
/// A journal never calls it from two threads at once.
package protocol JournalStore: Sendable {
    /// Where it is, for errors.
    var path: String { get }

    /// All that is in it.
    func read() throws(SystemError) -> [UInt8]

    /// Adds bytes at the end and gives how many of them were taken: not all, where there was no room for more.
    ///
    /// An interrupted call may fail with `EINTR`, and is repeated.
    func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int

    /// Cuts off what is beyond a size in bytes.
    func truncate(to size: Int) throws(SystemError)

    /// Returns when what was written would outlive a loss of power.
    func synchronize() throws(SystemError)

    /// Returns when the file's name would outlive a loss of power.
    func synchronizeName() throws(SystemError)
}

extension AppendFile: JournalStore {
    package func synchronizeName() throws(SystemError) {
        try FileSystem.synchronizeDirectory(FilePath.parent(path))
    }
}
