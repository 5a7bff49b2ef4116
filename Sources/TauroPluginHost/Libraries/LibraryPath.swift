import TauroBasics

/// One entry of a library's search path, as its linker wrote it.
///
/// Source of the tokens: `ld.so(8)`.
struct LibraryPath: Hashable {
    let text: String
    /// Absolute path of the directory of the file that has the entry; nil for a file that is nowhere, for which an
    /// entry that begins there stands for nothing.
    private let origin: String?

    init(_ text: String, origin: String?) {
        self.text = text
        self.origin = origin
    }

    /// The entries of a search path, with colons between.
    static func list(_ text: String, origin: String?) -> [LibraryPath] {
        text.split(separator: ":", omittingEmptySubsequences: false).map { LibraryPath(String($0), origin: origin) }
    }

    /// The directories that the entry may stand for: one, unless it names the system's library directory.
    var directories: [String] {
        var expanded = [text]
        for (token, values) in [
            ("ORIGIN", origin.map { [$0] } ?? []), ("LIB", LibraryPath.systemDirectories),
            ("PLATFORM", [ElfMachine.name(ElfMachine.host)]),
        ] {
            for spelling in ["$\(token)", "${\(token)}"] {
                expanded = expanded.flatMap { LibraryPath.replace(spelling, in: $0, by: values) }
            }
        }
        return expanded.map { FilePath.isAbsolute($0) ? FilePath.normalized($0) : $0 }
    }

    /// Whether what it means depends on where the process stands.
    var isRelative: Bool { directories.contains { !FilePath.isAbsolute($0) } }

    /// What `$LIB` is, by system.
    private static var systemDirectories: [String] {
        ["lib/\(ElfMachine.name(ElfMachine.host))-linux-gnu", "lib64", "lib"]
    }

    private static func replace(_ spelling: String, in text: String, by values: [String]) -> [String] {
        guard let range = firstRange(of: spelling, in: text) else { return [text] }
        // Once each: no path needs a token twice, and a text of nothing but tokens stays short.
        return values.map { text[..<range.lowerBound] + $0 + text[range.upperBound...] }.map { String($0) }
    }

    private static func firstRange(of spelling: String, in text: String) -> Range<String.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(spelling) { return start..<text.index(start, offsetBy: spelling.count) }
            start = text.index(after: start)
        }
        return nil
    }
}
