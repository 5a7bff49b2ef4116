/// Arithmetic on paths as text.
///
/// Nothing here touches the file system.
package enum FilePath {
    /// Whether the path begins at the root.
    package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    /// `path` below `directory`; `path` itself where it is absolute.
    package static func join(_ directory: String, _ path: String) -> String {
        if isAbsolute(path) || directory.isEmpty { return path }
        if path.isEmpty { return directory }
        return directory.utf8.last == slash ? directory + path : "\(directory)/\(path)"
    }

    /// The absolute, normalised form of `path`, seen from the absolute directory `base`.
    package static func absolute(_ path: String, from base: String) -> String { normalized(join(base, path)) }

    /// The path without empty parts, `.`, and `..` where the part it leaves is known.
    ///
    /// Symbolic links are not followed.
    package static func normalized(_ path: String) -> String {
        let absolute = isAbsolute(path)
        var parts: [Substring.UTF8View] = []
        for part in path.utf8.split(separator: slash) {
            if part.elementsEqual(".".utf8) { continue }
            guard part.elementsEqual("..".utf8) else {
                parts.append(part)
                continue
            }
            if let last = parts.last, !last.elementsEqual("..".utf8) {
                parts.removeLast()
            } else if !absolute {
                parts.append(part)
            }
        }
        let joined = parts.map { String(Substring($0)) }.joined(separator: "/")
        if absolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// The directory that holds the path: `/a` of `/a/b`, `/` of `/a`, `.` of `a`.
    package static func parent(_ path: String) -> String {
        let parts = split(path)
        if parts.directory.isEmpty { return isAbsolute(path) ? "/" : "." }
        return parts.directory
    }

    /// The last part: `b.csv` of `/a/b.csv`; empty for the root.
    package static func name(_ path: String) -> String { split(path).name }

    /// The last part's text after its last dot, lower case, without the dot: `csv` of `/a/B.CSV`; empty without one.
    package static func suffix(_ path: String) -> String {
        let name = split(path).name
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The last part without its suffix: `b` of `/a/b.csv`.
    package static func stem(_ path: String) -> String {
        let name = split(path).name
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// Whether the path holds a wildcard: `*`, `?` or `[`.
    package static func isGlob(_ path: String) -> Bool {
        path.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    /// A pattern that matches `path` and nothing else.
    package static func escapingGlob(_ path: String) -> String {
        path.map { "*?[]\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    private static let slash = UInt8(ascii: "/")

    private static func split(_ path: String) -> (directory: String, name: String) {
        var bytes = path.utf8[...]
        while bytes.last == slash { bytes.removeLast() }
        let name = bytes.suffix(while: { $0 != slash })
        var directory = bytes[..<name.startIndex]
        while directory.last == slash { directory.removeLast() }
        return (String(Substring(directory)), String(Substring(name)))
    }
}

extension BidirectionalCollection {
    /// The longest run of elements at the end that all satisfy `predicate`.
    fileprivate func suffix(while predicate: (Element) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex {
            let before = index(before: start)
            if !predicate(self[before]) { break }
            start = before
        }
        return self[start...]
    }
}
