import Glibc

/// A file to which lines are added, each in one write, so that those of several writers do not mix.
///
/// Safe from any thread.
package final class LineFile: Sendable {
    private let descriptor: Int32

    /// Opens the file at a path, or makes it.
    ///
    /// - Throws: `SystemError` where it can not be opened.
    package init(_ path: String) throws(SystemError) {
        descriptor = try SystemCall.open(path, O_WRONLY | O_APPEND | O_CREAT, operation: "open")
    }

    deinit { close(descriptor) }

    /// Adds a line and its end; false where not all of it could be written.
    package func add(_ line: String) -> Bool {
        let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
        return bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == bytes.count
    }
}
