package import TauroBasics
package import TauroModel

/// What is known of the library that reads and writes ORC and Arrow files.
package struct ArrowInspection: Sendable {
    /// The path or name that it was opened by.
    package let library: String
    /// The release of Arrow's own library below it.
    package let release: String

    /// Loads the library, as a run would.
    ///
    /// - Throws: `SQLError` with the code `.missingEngine` that lists every place and why it failed.
    package init(_ parts: NativeParts) throws(SQLError) {
        let found = try ArrowLibrary(parts)
        library = found.path
        release = found.release
    }
}
