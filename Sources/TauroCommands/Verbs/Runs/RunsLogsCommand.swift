import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host runs logs`.
struct RunsLogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Print a run's log: what its nodes said, and what became of them."
    )

    @Argument(help: .run)
    var id = "last"

    @OptionGroup var options: RunsProjectOptions

    @Option(help: ArgumentHelp("Only lines about this node; repeatable.", valueName: "name"))
    var node: [String] = []

    @Option(help: "Least important lines to print.")
    var logLevel: LogLevelOption = .debug

    @Option(help: "How lines are printed.")
    var format: ResultFormat = .text

    func run() throws {
        try reporting(as: format, "runs logs") {
            let log = try options.registry().log(of: id)
            let console = Console.standard
            let style = console.style(.output)
            let form: LogFormat = format == .json ? .json : .text
            let wanted = Set(node)
            for line in log.lines where line.level >= logLevel.level {
                if !wanted.isEmpty, !wanted.contains(line.node ?? "") { continue }
                console.print(form.line(line, style: style))
            }
            if log.unreadableLines > 0 {
                let lines = RunWords.count(log.unreadableLines, "line")
                console.print("\(lines) of the log can not be understood, and were passed over", to: .error)
            }
        }
    }
}
