import TauroBasics

/// Paths as URIs (RFC 3986, RFC 8089): everything but unreserved characters and slashes is percent-encoded.
enum FileURI {
    /// The URI of an absolute path.
    static func absolute(_ path: String) -> String { "file://" + encoded(path) }

    /// The URI of an absolute path to a directory, with a slash at its end, so that paths can follow.
    static func absolute(directory: String) -> String {
        absolute(directory.hasSuffix("/") ? directory : directory + "/")
    }

    /// The reference for a relative path.
    ///
    /// No colon is left in it, which could be taken for the end of a scheme.
    static func relative(_ path: String) -> String { encoded(path) }

    private static func encoded(_ path: String) -> String { PercentEncoding.encode(path, plain: "-._~/") }
}
