import Glibc

/// A directory that is kept open, so that it can be told later whether its path still names it.
///
/// As long as it is open no other directory can be taken for it. Safe from any thread.
package final class HeldDirectory: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Opens the directory that a path names, links followed.
    ///
    /// - Throws: `SystemError` where there is none.
    package init(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = try SystemCall.open(path, O_RDONLY | O_DIRECTORY, operation: "open")
    }

    deinit { close(descriptor) }

    /// Whether the path names the directory still, and no other that took its place.
    package func isInPlace() throws(SystemError) -> Bool {
        var held = stat()
        try SystemCall.check("look at", path) { fstat(descriptor, &held) }
        guard let there = try FileSystem.status(path, follow: true) else { return false }
        return there.st_dev == held.st_dev && there.st_ino == held.st_ino
    }
}
