import TauroModel

/// The first rows of a dataset as a table for people.
struct PreviewText {
    /// The widest cell on a terminal.
    private static let widestCell = 40

    /// Columns of the terminal; nil where there is none, and nothing is cut or left out.
    let width: Int?

    /// The table with as many of the columns as there is room for, at least one, and how many those are.
    func table(_ columns: [DatasetColumn], _ rows: [[String?]]) -> (table: TextTable, shown: Int) {
        let all = table(columns, rows, first: columns.count)
        guard let width else { return (all, columns.count) }
        var room = width
        var shown = 0
        for columnWidth in all.widths {
            room -= columnWidth + (shown == 0 ? 0 : 2)
            if room < 0 { break }
            shown += 1
        }
        let table = table(columns, rows, first: max(1, shown))
        return (shown == 0 && !columns.isEmpty ? table.fitted(to: width, cutting: [0]) : table, max(1, shown))
    }

    private func table(_ columns: [DatasetColumn], _ rows: [[String?]], first count: Int) -> TextTable {
        var table = TextTable(
            columns.prefix(count).map { (cell(PrintableText.line($0.name)), $0.isNumber ? .right : .left) }
        )
        for row in rows { table.add(row.prefix(count).map { cell($0.map { PrintableText.line($0) } ?? "NULL") }) }
        return table
    }

    private func cell(_ text: String) -> String {
        width == nil ? text : CutText.cut(text, to: PreviewText.widestCell)
    }
}
