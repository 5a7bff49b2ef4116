/// How far the word goes that a finding points at, where that is clear.
enum SourceWord {
    /// The place behind the word's last character: of a quoted text with its quotes, or of a plain word; the place behind
    /// `start` for anything else.
    static func end(of line: [Unicode.Scalar], from start: Int) -> Int {
        guard start < line.count else { return start }
        let first = line[start]
        if first == "\"" || first == "'" { return quoted(line, start, by: first) ?? start + 1 }
        var end = start
        while end < line.count, let next = next(line, end) { end = next }
        return max(end, start + 1)
    }

    /// A quoted text has a way of its own to hold its quote; nil where it does not end on this line.
    private static func quoted(_ line: [Unicode.Scalar], _ start: Int, by quote: Unicode.Scalar) -> Int? {
        var index = start + 1
        while index < line.count {
            if quote == "\"" && line[index] == "\\" {
                index += 2
            } else if line[index] != quote {
                index += 1
            } else if quote == "'" && index + 1 < line.count && line[index + 1] == "'" {
                index += 2
            } else {
                return index + 1
            }
        }
        return nil
    }

    /// The place behind the part of a word at `index`; nil where the word is over.
    private static func next(_ line: [Unicode.Scalar], _ index: Int) -> Int? {
        let character = line[index]
        let following = index + 1 < line.count ? line[index + 1] : " "
        if character == "$" && following == "{" {
            return line[index...].firstIndex(of: "}").map { $0 + 1 }
        }
        if character == ":" && isSpace(following) { return nil }
        return isSpace(character) || ",[]{}\"'".unicodeScalars.contains(character) ? nil : index + 1
    }

    private static func isSpace(_ character: Unicode.Scalar) -> Bool { character.properties.isWhitespace }
}
