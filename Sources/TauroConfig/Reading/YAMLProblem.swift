import CYAML
import TauroBasics
import TauroModel

/// Why libyaml stopped, in words for the person who wrote the file.
struct YAMLProblem {
    /// What was found and what was expected.
    private(set) var message: String
    /// Where.
    private(set) var location: SourceLocation
    /// Facts that help.
    private(set) var notes: [String] = []

    /// Reads the parser's state after a failed call.
    init(parser: yaml_parser_t, places: YAMLPlaces) {
        let (bytes, file) = (places.bytes, places.file)
        let problem = parser.problem.map { String(cString: $0) } ?? "unknown problem"
        if parser.error == YAML_READER_ERROR {
            location = Self.place(ofByte: Int(parser.problem_offset), in: bytes, file: file)
            message = "The file is no readable text: \(problem)."
            notes = ["Save it as UTF-8, without control characters."]
            return
        }
        let mark = parser.problem_mark
        location = places.location(mark)
        if let tabs = TabIndentation(in: bytes, fromLine: mark.line) {
            location = SourceLocation(file: file, line: mark.line + 1, column: tabs.column)
            message = "A tab indents this line; YAML takes only spaces."
            notes = tabs.notes
            return
        }
        message = Self.sentences[problem] ?? "This is not valid YAML: \(problem)."
        let isInContext = parser.context != nil && parser.context_mark.line != mark.line
        if isInContext { notes = ["What it belongs to begins in line \(parser.context_mark.line + 1)."] }
        // The likeliest slip of all: `{path: ${root}}`, where the reference's braces are taken for a map's.
        let firstLine = isInContext ? parser.context_mark.line : mark.line
        if problem.contains("expected ',' or"),
            Self.hasReference(bytes, fromLine: firstLine, toLine: mark.line)
        {
            notes.append("Inside `{…}` and `[…]` a text with `${…}` needs quotes.")
        }
    }

    private static let sentences = [
        "mapping values are not allowed in this context":
            "A `:` can not stand here; either this line is indented wrongly, or a text with `: ` in it needs quotes.",
        "did not find expected key":
            "This line does not fit the lines above it; check its indentation, "
            + "and that texts with special characters have quotes.",
        "did not find expected '-' indicator":
            "This line does not fit the list above it; each item begins with `- ` in the same column.",
        "did not find expected ',' or ']'": "A `,` or the closing `]` of a list is missing here.",
        "did not find expected ',' or '}'": "A `,` or the closing `}` of a map is missing here.",
        "could not find expected ':'": "A `:` is missing after the key above this place.",
        "found unexpected end of stream": "The file ends inside a quoted text; its closing quote is missing.",
        "found character that cannot start any token":
            "A value can not begin with this character; put the text in quotes.",
        "did not find expected <document start>":
            "What begins here does not belong to anything above it; check its indentation, "
            + "and that texts with special characters have quotes.",
        "did not find expected node content":
            "A value is missing here; put a text that begins with this character in quotes.",
        "block sequence entries are not allowed in this context":
            "A list can not begin here; put its first `- ` on a line of its own, or the text in quotes.",
        "found a tab character where an indentation space is expected":
            "A tab indents this text; YAML takes only spaces.",
        "found an indentation indicator equal to 0":
            "The digit after `|` or `>` says how many spaces indent the text, and is 1 to 9.",
        "found incompatible YAML document":
            "`%YAML` asks for a version that is not 1.1 or 1.2; remove the line, or write `%YAML 1.2`.",
        "found unknown directive name":
            "A line that begins with `%` gives an instruction to the reader, and this one is not known; remove the line.",
        "did not find expected alphabetic or numeric character":
            "A `*` or `&` begins an alias or an anchor and needs a name; put the text in quotes if it is none.",
        "found unknown escape character":
            "A text in double quotes has an unknown escape; write `\\\\` for a backslash, or use single quotes.",
    ]

    private static func hasReference(_ bytes: UnsafeBufferPointer<UInt8>, fromLine first: Int, toLine last: Int) -> Bool
    {
        bytes.split(separator: UInt8(ascii: "\n"), maxSplits: last + 1, omittingEmptySubsequences: false)
            .dropFirst(first).prefix(last - first + 1)
            .contains { String(decoding: $0, as: UTF8.self).hasReferences }
    }

    private static func place(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>, file: String) -> SourceLocation
    {
        var places = ByteOffsetPlaces(bytes: bytes)
        let place = places.place(of: min(offset, bytes.count))
        return SourceLocation(file: file, line: place.line, column: place.column)
    }
}

/// Tabs at the start of lines, which YAML does not take as indentation.
private struct TabIndentation {
    /// Where in its line the first tab is, from 1.
    let column: Int
    private let furtherLines: [Int]

    /// Looks for a tab before the text of line `line`, counted from 0, and for more of them below it.
    init?(in bytes: UnsafeBufferPointer<UInt8>, fromLine line: Int) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropFirst(line)
        guard let first = lines.first, let column = Self.tabColumn(in: first) else { return nil }
        self.column = column
        furtherLines = zip(lines.dropFirst(), (line + 2)...).filter { Self.tabColumn(in: $0.0) != nil }.map(\.1)
    }

    var notes: [String] {
        if furtherLines.isEmpty { return ["Replace it by spaces."] }
        let shown = furtherLines.prefix(10).map(String.init).joined(separator: ", ")
        let more = furtherLines.count > 10 ? " and \(furtherLines.count - 10) more" : ""
        return ["Replace it by spaces. Further lines with a tab: \(shown)\(more)."]
    }

    private static func tabColumn(in line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        for (offset, byte) in line.enumerated() {
            if byte == 0x09 { return offset + 1 }
            if byte != 0x20 { return nil }
        }
        return nil
    }
}
