/// Rows of cells laid out in columns, for people.
struct TextTable {
    /// Which side a column's cells lean on.
    enum Alignment {
        case left
        case right
    }

    private let header: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        header = columns.map(\.title)
        alignments = columns.map(\.alignment)
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table's lines, two spaces between columns, without trailing spaces.
    func lines(_ style: Style = Style(isEnabled: false)) -> [String] {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        let title = style.bold(line(header, widths))
        return [title] + rows.map { line($0, widths) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
            line += (column == 0 ? "" : "  ") + (alignments[column] == .left ? cell + padding : padding + cell)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
