import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host datasets`.
struct DatasetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasets",
        abstract: "Look at the project's data.",
        subcommands: [DatasetsPreviewCommand.self]
    )
}

/// `tauro-host datasets preview`.
struct DatasetsPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Print the first rows of an input or an output."
    )

    @Argument(help: "Id of the dataset.")
    var dataset: String

    @OptionGroup var projectOptions: ProjectOptions

    @Option(help: ArgumentHelp("How many rows.", valueName: "n"))
    var limit = 10

    func validate() throws {
        if limit < 0 { throw UsageError("--limit is at least 0") }
    }

    func run() throws {
        let executor = try projectOptions.open()
        let dates = DateWindow(start: projectOptions.startDate, end: projectOptions.endDate)
        let preview = try executor.preview(dataset, limit: limit, dates: dates)
        let console = Console.standard
        var table = TextTable(preview.columns.map { ($0.name, $0.isNumber ? .right : .left) })
        for row in preview.rows { table.add(row.map { $0.map { PrintableText.line($0) } ?? "NULL" }) }
        for line in table.lines(console.style(.output)) { console.print(line) }
        let types = preview.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
        console.print("\n\(preview.rows.count) rows shown; columns: \(types)", to: .error)
    }
}
