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
        let bytes = places.bytes
        let problem = parser.problem.map { String(cString: $0) } ?? "unknown problem"
        if parser.error == YAML_READER_ERROR {
            location = places.location(ofByte: Int(parser.problem_offset))
            message = "The file is no readable text: \(YAMLSentences.ofBytes(problem))."
            notes = ["Save it as UTF-8, without control characters."]
            return
        }
        let mark = parser.problem_mark
        location = places.location(mark)
        if let tabs = TabIndentation(in: bytes, fromLine: mark.line) {
            location = places.file.at(line: mark.line + 1, column: tabs.column)
            message = "A tab indents this line; YAML takes only spaces."
            notes = tabs.notes
            return
        }
        // Where a key begins says more than where libyaml gave up looking for its colon.
        let lacksColon = problem == "could not find expected ':'"
        if lacksColon { location = places.location(parser.context_mark) }
        let start = lacksColon ? parser.context_mark : mark
        let slips = YAMLSlips(problem: problem, line: start.line, column: start.column, bytes: bytes)
        message = slips.message ?? YAMLSentences.ofSyntax(problem)
        let isInContext = parser.context != nil && parser.context_mark.line != start.line
        if isInContext { notes = ["What it belongs to begins in line \(parser.context_mark.line + 1)."] }
        notes += slips.notes(fromLine: isInContext ? parser.context_mark.line : start.line)
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
