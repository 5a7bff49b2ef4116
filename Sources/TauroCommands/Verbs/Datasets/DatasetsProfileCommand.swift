import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host datasets profile`.
struct DatasetsProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract:
            "Say what each column of an input or an output holds: nulls, distinct values, range, mean, histogram.",
        discussion: """
            Reads all rows. The number of distinct values is an estimate, some percent off where there are many. Bars \
            count the values in up to twelve equal steps from the least to the greatest. NaN has no part in range, mean and bars, \
            infinity none in mean and bars.
            """
    )

    @OptionGroup var argument: DatasetArgument

    func run() throws {
        let version = try argument.version()
        try DatasetVerb.run(argument.projectOptions, argument.format) { executor in
            let profile = try executor.profile(
                argument.dataset,
                version: version,
                dates: argument.projectOptions.dates
            )
            if argument.format == .json { return DatasetDocument.document(profile, of: argument.dataset) }
            let console = Console.standard
            let text = ProfileText(bars: SmallBars(usesBlocks: console.showsUnicode), width: DatasetVerb.width)
            for line in text.lines(profile, of: argument.dataset, style: console.style(.output)) { console.print(line) }
            return nil
        }
    }
}
