import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host runs list`.
struct RunsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the runs, the newest first.")

    @OptionGroup var options: RunsProjectOptions

    @Option(help: ArgumentHelp("Only runs of this pipeline.", valueName: "name"))
    var pipeline: String?

    @Option(help: ArgumentHelp("How many runs to list; 0 for all.", valueName: "n"))
    var limit = 20

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func validate() throws {
        if limit < 0 { throw UsageError("--limit is at least 0") }
    }

    func run() throws {
        try reporting(as: format, "runs list") {
            let found = try options.registry().histories(of: pipeline, limit: limit == 0 ? nil : limit)
            let console = Console.standard
            for (id, reason) in found.unreadable {
                Report.standard.findings([
                    Diagnostic(.warning, .configuration, "run '\(id)' can not be understood: \(reason)")
                ])
            }
            switch format {
            case .json: console.print(RunListDocument.document(found.runs).text(.pretty))
            case .text:
                let text = RunListText(style: console.style(.output), width: console.width(.output))
                for line in text.lines(found.runs) { console.print(line) }
            }
        }
    }
}
