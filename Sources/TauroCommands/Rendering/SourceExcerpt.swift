/// The line that a finding is about, for a terminal: the line with its number, and a caret below the place.
///
///     12 |   outputs: gold.n
///        |   ^~~~~~~
struct SourceExcerpt {
    private let number: Int
    private let part: SourceFile.Part
    /// Whether there is a column to point at.
    private let isPointed: Bool

    /// The excerpt for a place, with line and column from 1; nil for a place that the file does not have.
    ///
    /// Column 0 stands for the whole line.
    init?(_ file: SourceFile, line: Int, column: Int) {
        guard line > 0, let part = file.part(line: line, column: max(1, column)) else { return nil }
        number = line
        self.part = part
        isPointed = column > 0
    }

    /// The lines, each at most `width` columns; `paint` colours the caret.
    func lines(width: Int, style: Style, paint: (String) -> String) -> [String] {
        let gutter = String(repeating: " ", count: 2) + "\(number)"
        let window = Window(part, width: max(20, width - gutter.count - 3))
        let source = style.dim(gutter + " |") + (window.text.isEmpty ? "" : " " + window.text)
        guard isPointed else { return [source] }
        let marker =
            String(repeating: " ", count: window.caret) + paint("^" + String(repeating: "~", count: window.tail))
        return [source, style.dim(String(repeating: " ", count: gutter.count) + " |") + " " + marker]
    }
}

/// What of a line fits between the edges of a terminal.
private struct Window {
    let text: String
    /// Columns before the caret, and after its own.
    let caret: Int
    let tail: Int

    private struct Cell {
        var text: String
        var width: Int
    }

    init(_ part: SourceFile.Part, width: Int) {
        let cells = Window.cells(part.characters)
        let columns = cells.map(\.width)
        let total = columns.reduce(0, +)
        let before = columns[..<part.index].reduce(0, +)
        // Half the room, or more where the rest of the line is short, shows what stands before the caret.
        var first = 0
        if total > width {
            var skipped = before - max(width / 2, width - (total - before) - 1)
            while skipped > 0 && first < part.index {
                skipped -= columns[first]
                first += 1
            }
        }
        let isCutLeft = part.isCut.left || first > 0
        var room = width - (isCutLeft ? 1 : 0)
        var end = first
        while end < cells.count && columns[end] <= room {
            room -= columns[end]
            end += 1
        }
        let isCutRight = part.isCut.right || end < cells.count
        if isCutRight && room == 0 && end > first { end -= 1 }
        text =
            (isCutLeft ? "…" : "") + Window.trimmed(cells[first..<end].map(\.text).joined(), unless: isCutRight)
            + (isCutRight ? "…" : "")
        caret = columns[first..<part.index].reduce(0, +) + (isCutLeft ? 1 : 0)
        let word = min(end, SourceWord.end(of: part.characters, from: part.index))
        tail = max(0, columns[part.index..<max(part.index, word)].reduce(0, +) - 1)
    }

    private static func cells(_ characters: [Unicode.Scalar]) -> [Cell] {
        var column = 0
        return characters.map { character in
            let cell = cell(character, at: column)
            column += cell.width
            return cell
        }
    }

    /// Tabs are told from spaces; a mark on nothing would stand on the gutter.
    private static func cell(_ character: Unicode.Scalar, at column: Int) -> Cell {
        if character == "\t" {
            let width = 4 - column % 4
            return Cell(text: "→" + String(repeating: " ", count: width - 1), width: width)
        }
        // Which form of the character before it a selector asks for decides how wide some terminals draw it.
        if (0xFE00...0xFE0F).contains(character.value) { return Cell(text: "", width: 0) }
        let shown = character.properties.generalCategory == .format ? "\u{FFFD}" : PrintableText.scalar(character)
        let width = TerminalWidth.columns(of: shown)
        return width == 0 && column == 0 ? Cell(text: "\u{FFFD}", width: 1) : Cell(text: String(shown), width: width)
    }

    private static func trimmed(_ text: String, unless isCut: Bool) -> String {
        guard !isCut else { return text }
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
