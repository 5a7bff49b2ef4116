import Glibc

/// A system call that failed: which one, on what, and why.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    /// What was being done, in words that fit "could not …", for example `read the file`.
    package let operation: String
    /// The path it was done to.
    package let path: String
    /// The system's error number.
    package let code: Int32
    /// The system's own words for the number, for example `No such file or directory`.
    package let text: String

    package init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
        self.text = Self.text(of: code)
    }

    /// One sentence without a full stop: `could not read the file /a/b: No such file or directory`.
    package var description: String { "could not \(operation) \(path): \(text)" }

    /// Whether the path, or a directory on the way to it, does not exist.
    package var isMissingPath: Bool { code == ENOENT || code == ENOTDIR }

    /// Whether the target was already there.
    package var isExistingPath: Bool { code == EEXIST || code == ENOTEMPTY }

    private static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, strerror_r(code, base, buffer.count) == 0 else {
                return "system error \(code)"
            }
            return String(cString: base)
        }
    }
}
