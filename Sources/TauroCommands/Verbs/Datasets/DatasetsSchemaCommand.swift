import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host datasets schema`.
struct DatasetsSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the columns of an input or an output, with their types as nodes receive them.",
        discussion: "Types of csv and json files are inferred from their first rows unless they are declared or stored."
    )

    @OptionGroup var argument: DatasetArgument

    func run() throws {
        let version = try argument.version()
        try DatasetVerb.run(argument.projectOptions, argument.format) { executor in
            let columns = try executor.columns(
                of: argument.dataset,
                version: version,
                dates: argument.projectOptions.dates
            )
            if argument.format == .json { return DatasetDocument.document(columns: columns, of: argument.dataset) }
            var table = TextTable([("column", .left), ("type", .left), ("nullable", .left)])
            for column in columns {
                table.add([
                    PrintableText.line(column.name), PrintableText.line(column.type), column.isNullable ? "yes" : "no",
                ])
            }
            let shown = DatasetVerb.width.map { table.fitted(to: $0, cutting: [0, 1]) } ?? table
            for line in shown.lines(Console.standard.style(.output)) { Console.standard.print(line) }
            return nil
        }
    }
}
