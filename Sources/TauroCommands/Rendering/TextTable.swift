/// Rows of cells laid out in columns, for people.
struct TextTable {
    /// Which side a column's cells lean on.
    enum Alignment {
        case left
        case right
    }

    private var header: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        header = columns.map(\.title)
        alignments = columns.map(\.alignment)
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table's lines, two spaces between columns, without trailing spaces.
    func lines(_ style: Style = Style(isEnabled: false)) -> [String] {
        let widths = widths
        let title = style.bold(line(header, widths))
        return [title] + rows.map { line($0, widths) }
    }

    /// How many columns of a terminal each column takes.
    var widths: [Int] {
        header.indices.map { column in
            ([header] + rows).map { TerminalWidth.columns(of: $0[column]) }.max() ?? 0
        }
    }

    /// The table with the cells of some columns cut, the widest first, until its lines are no wider than `width`, as far
    /// as `least` columns a cell allow that.
    func fitted(to width: Int, cutting columns: [Int], least: Int = 6) -> TextTable {
        var widths = widths
        var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
        while excess > 0, let widest = columns.max(by: { widths[$0] < widths[$1] }), widths[widest] > least {
            widths[widest] -= 1
            excess -= 1
        }
        var fitted = self
        for column in columns {
            fitted.header[column] = CutText.cut(header[column], to: widths[column])
            for row in rows.indices { fitted.rows[row][column] = CutText.cut(rows[row][column], to: widths[column]) }
        }
        return fitted
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[column] - TerminalWidth.columns(of: cell)))
            line += (column == 0 ? "" : "  ") + (alignments[column] == .left ? cell + padding : padding + cell)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
