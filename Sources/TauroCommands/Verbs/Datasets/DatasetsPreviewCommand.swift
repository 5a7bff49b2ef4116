import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host datasets preview`.
struct DatasetsPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Print the first rows of an input or an output.",
        discussion: """
            A terminal shows as many columns as fit it and cuts long values; elsewhere everything is printed. In JSON \
            integers, floating point numbers, true and false are such; all else is the text that SQL writes for it, so \
            that no digit is lost.
            """
    )

    @OptionGroup var argument: DatasetArgument

    @Option(help: ArgumentHelp("How many rows; of an artifact, how many lines.", valueName: "n"))
    var limit = 10

    @Option(help: ArgumentHelp("Names of the columns to show, with commas between them.", valueName: "names"))
    var columns: String?

    func validate() throws {
        if limit < 0 { throw UsageError("--limit is at least 0") }
    }

    func run() throws {
        let names = columns?.split(separator: ",").map(String.init) ?? []
        let version = try argument.version()
        try DatasetVerb.run(argument.projectOptions, argument.format) { executor in
            let preview = try executor.preview(
                argument.dataset,
                limit: limit,
                columns: names,
                version: version,
                dates: argument.projectOptions.dates
            )
            if argument.format == .json { return DatasetDocument.document(preview, of: argument.dataset) }
            switch preview {
            case .rows(let columns, let rows): show(columns, rows)
            case .artifact(let artifact): show(artifact)
            }
            return nil
        }
    }

    private func show(_ columns: [DatasetColumn], _ rows: [[String?]]) {
        let console = Console.standard
        let (table, shown) = PreviewText(width: DatasetVerb.width).table(columns, rows)
        for line in table.lines(console.style(.output)) { console.print(line) }
        let count = "\(rows.count) row\(rows.count == 1 ? "" : "s")"
        if shown < columns.count {
            let others = columns[shown...].map { PrintableText.line($0.name) }.listed(atMost: 8)
            let rest = "\(count), \(shown) of \(columns.count) columns shown; --columns shows others: \(others)"
            console.print("", to: .error)
            for line in WrappedText.lines(rest, width: console.width(.error)) { console.print(line, to: .error) }
        } else {
            let types = columns.map { PrintableText.line("\($0.name) \($0.type)") }.listed(atMost: 24)
            console.print("\n\(count) shown; columns: \(types)", to: .error)
        }
    }

    private func show(_ artifact: ArtifactPreview) {
        let console = Console.standard
        for line in artifact.lines ?? [] { console.print(PrintableText.line(line)) }
        let what = PrintableText.line("an artifact, \(artifact.mediaType), in \(artifact.path)")
        console.print("\n\(argument.dataset) is \(what) (\(Quantities.bytes(artifact.bytes)))", to: .error)
    }
}
