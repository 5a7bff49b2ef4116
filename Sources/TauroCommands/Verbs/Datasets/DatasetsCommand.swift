import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host datasets`.
struct DatasetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasets",
        abstract: "Look at the project's data: its inputs, and what earlier runs stored.",
        subcommands: [
            DatasetsListCommand.self, DatasetsPreviewCommand.self, DatasetsSchemaCommand.self,
            DatasetsProfileCommand.self,
        ]
    )
}

/// `tauro-host datasets list`.
struct DatasetsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List every input and output of the project, and what is there of it.",
        discussion: "Reads no rows: how many there are is known only where the files say it, as those of parquet do."
    )

    @OptionGroup var projectOptions: ProjectOptions

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func run() throws {
        try DatasetVerb.run(projectOptions, format) { executor in
            let datasets = executor.datasets()
            if format == .json { return DatasetDocument.document(datasets) }
            let console = Console.standard
            let table = DatasetListText(directory: executor.context.projectDirectory).table(datasets)
            let shown = DatasetVerb.width.map { table.fitted(to: $0, cutting: DatasetListText.elastic) } ?? table
            for line in shown.lines(console.style(.output)) { console.print(line) }
            return nil
        }
    }
}

/// What is asked about one dataset.
struct DatasetArgument: ParsableArguments {
    @Argument(help: "Id of the dataset.")
    var dataset: String

    @Option(
        name: .customLong("version"),
        help: ArgumentHelp("Version of a Delta table; the one that nodes read unless said.", valueName: "n")
    )
    var versionText: String?

    @OptionGroup var projectOptions: ProjectOptions

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    /// The version that is asked for.
    ///
    /// Read once the parser is done: a value that is refused before it would answer with the program's own version.
    func version() throws -> Int64? {
        guard let versionText else { return nil }
        guard let version = Int64(versionText), version >= 0 else {
            throw UsageError("--version is a whole number from 0, and is '\(PrintableText.line(versionText))'")
        }
        return version
    }
}

/// What the verbs share.
enum DatasetVerb {
    /// Columns of the terminal that the result goes to; nil where it goes elsewhere.
    static var width: Int? { Console.standard.isTerminal(.output) ? Console.standard.width(.output) : nil }

    /// Opens the project and does `body`, which shows its result or returns it as a document; a failure is a document too
    /// where one was asked for.
    static func run(
        _ options: ProjectOptions,
        _ format: ResultFormat,
        _ body: (BaseExecutor) throws -> JSONValue?
    ) throws {
        do {
            if let document = try body(options.open()) { Console.standard.print(document.text(.pretty)) }
        } catch {
            if format == .json {
                let errors = SummaryDocument.errors(error, operation: "look at the data")
                Console.standard.print(ConfigValueDocument.document(notReadBecause: errors).text(.pretty))
            }
            throw error
        }
    }
}
