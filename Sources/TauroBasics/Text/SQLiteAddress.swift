/// An address of SQLite that begins with `file:` and names a file.
///
/// Source: SQLite, "Uniform Resource Identifiers In SQLite".
package struct SQLiteAddress: Sendable, Hashable {
    /// The file's path as the file system knows it, without what encodes its signs.
    package var path: String
    /// What says how the file is opened, with the sign it begins with; empty where nothing does.
    private let query: Substring

    private static let scheme = "file:"
    /// What stands for a database that is in no file.
    package static let memory = ":memory:"

    /// Nil where the text is no such address, names no file, or names another machine, which SQLite refuses.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.scheme) else { return nil }
        let rest = text.dropFirst(Self.scheme.count)
        var encoded = rest.prefix { !"?#".contains($0) }
        query = rest[encoded.endIndex...]
        if encoded.hasPrefix("//") {
            encoded = encoded.dropFirst(2)
            let machine = encoded.prefix { $0 != "/" }
            guard ["", "localhost"].contains(machine) else { return nil }
            encoded = encoded[machine.endIndex...]
        }
        let decoded = PercentEncoding.decode(encoded)
        if decoded.isEmpty || decoded == Self.memory { return nil }
        path = (FilePath.isAbsolute(decoded) ? "/" : "") + decoded.split(separator: "/").joined(separator: "/")
    }

    /// The address as SQLite takes it.
    package var text: String { Self.scheme + PercentEncoding.encode(path, plain: "/-._~") + query }
}
