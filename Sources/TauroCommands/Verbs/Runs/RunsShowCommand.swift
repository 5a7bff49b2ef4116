import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host runs show`.
struct RunsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what became of a run and of each of its nodes."
    )

    @Argument(help: .run)
    var id = "last"

    @OptionGroup var options: RunsProjectOptions

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func run() throws {
        try reporting(as: format, "runs show") {
            let history = try options.registry().history(of: id)
            let console = Console.standard
            switch format {
            case .json: console.print(RunShowDocument.document(history).text(.pretty))
            case .text:
                let text = RunShowText(style: console.style(.output), command: HostCommand.current())
                for line in text.lines(history) { console.print(line) }
            }
        }
    }
}

/// `tauro-host runs diff`.
struct RunsDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract:
            "Show what differs between two runs: what they depended on, what became of their nodes, how long they took."
    )

    @Argument(help: .run)
    var first: String

    @Argument(help: .run)
    var second = "last"

    @OptionGroup var options: RunsProjectOptions

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func run() throws {
        try reporting(as: format, "runs diff") {
            let registry = try options.registry()
            let difference = RunDifference(try registry.history(of: first), try registry.history(of: second))
            let console = Console.standard
            switch format {
            case .json: console.print(RunDifferenceDocument.document(difference).text(.pretty))
            case .text:
                for line in RunDifferenceText(style: console.style(.output)).lines(difference) { console.print(line) }
            }
        }
    }
}
