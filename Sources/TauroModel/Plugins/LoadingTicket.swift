package import TauroBasics

/// What a loader holds a plugin's file to, so that what is loaded is what was checked.
package struct LoadingTicket: Sendable, Hashable {
    /// The file and its state when its notes were read.
    package let stamp: FileStamp
    /// The SHA-256 digest that its content must have, in hexadecimal digits; nil where the project has no lock that
    /// names the file.
    package let sha256: String?

    package init(stamp: FileStamp, sha256: String?) {
        self.stamp = stamp
        self.sha256 = sha256
    }
}
