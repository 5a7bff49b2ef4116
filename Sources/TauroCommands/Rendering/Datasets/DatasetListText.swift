import TauroModel
import TauroRuntime

/// The datasets of a project as a table for people.
struct DatasetListText {
    /// The project's directory: paths below it are shown from there.
    let directory: String

    func table(_ datasets: [DatasetEntry]) -> TextTable {
        var table = TextTable([
            ("dataset", .left), ("kind", .left), ("format", .left), ("there", .left), ("rows", .right),
            ("size", .right), ("where", .left),
        ])
        for entry in datasets {
            let definition = entry.dataset.definition
            table.add([
                PrintableText.line(definition.id), entry.dataset.isOutput ? "output" : "input",
                PrintableText.line(entry.presence?.mediaType ?? definition.format.value),
                entry.presence == nil ? "no" : "yes", entry.presence?.rows.map { Quantities.count($0) } ?? "-",
                entry.presence?.bytes.map { Quantities.bytes($0) } ?? "-",
                PrintableText.line(shown(definition.place)),
            ])
        }
        return table
    }

    private func shown(_ path: String) -> String {
        path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.count + 1)) : path
    }

    /// The columns that may be cut where there is little room: the id, the format, the path.
    static let elastic = [0, 2, 6]
}
