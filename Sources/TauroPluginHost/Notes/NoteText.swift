/// The lines of one note, cut into fields.
///
/// See `include/tauro/NOTE-GRAMMAR.md`.
struct NoteText {
    /// One line: its number in the note, from 1, its first word, and what follows the word's tab.
    struct Line {
        let number: Int
        let text: Substring
        let word: Substring
        let rest: Substring?

        init(number: Int, text: Substring) {
            self.number = number
            self.text = text
            let parts = NoteText.cut(text, into: 2)
            self.word = parts[0]
            self.rest = parts.count == 2 ? parts[1] : nil
        }

        /// What follows the word, cut at the first `count - 1` tabs, or nil if there are not as many fields.
        func fields(_ count: Int) -> [Substring]? {
            guard let fields = rest.map({ NoteText.cut($0, into: count) }), fields.count == count else { return nil }
            return fields
        }
    }

    let lines: [Line]

    /// Reads the content of a note: up to a NUL, or to its end.
    init(_ content: some Sequence<UInt8>) throws(PluginFormatError) {
        let bytes = Array(content.prefix { $0 != 0 })
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PluginFormatError("is malformed: a tauro note is not valid UTF-8")
        }
        guard text.utf8.last == 0x0a else {
            throw PluginFormatError("is malformed: a tauro note's last line does not end with a line feed")
        }
        self.lines = text.utf8.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false).enumerated().map {
            Line(number: $0.offset + 1, text: Substring($0.element))
        }
    }

    /// The text cut at its first `count - 1` tabs; by bytes, which is a few times quicker than by characters.
    private static func cut(_ text: Substring, into count: Int) -> [Substring] {
        text.utf8.split(separator: 0x09, maxSplits: count - 1, omittingEmptySubsequences: false).map { Substring($0) }
    }
}

/// Words of the grammar.
enum NoteWord {
    /// Names that the calling convention takes for itself.
    static let reserved: Set<String> = ["start_date", "end_date", "call", "ml", "out"]

    /// Whether `text` is an identifier of C.
    static func isIdentifier(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !CLiteral.isDigit(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f || CLiteral.isDigit(byte)
        }
    }

    /// Whether `text` is two identifiers or more, joined by dots.
    static func isDotted(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count >= 2 && parts.allSatisfy { isIdentifier($0) }
    }

    /// Whether `text` is one printable character or more, and no tab.
    static func isPrintable(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    }
}
