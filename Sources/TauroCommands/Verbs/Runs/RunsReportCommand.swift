import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host runs report`.
struct RunsReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a run as one HTML page that needs nothing else, and print its path."
    )

    @Argument(help: .run)
    var id = "last"

    @OptionGroup var options: RunsProjectOptions

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp(
            "File to write; - for stdout. Without it, report.html in the run's directory.",
            valueName: "file"
        )
    )
    var output: String?

    func run() throws {
        let registry = try options.registry()
        let history = try registry.history(of: id)
        let log = try registry.log(of: history.record.id).lines
        let report = RunReport(history: history, log: log, command: HostCommand.current())
        let console = Console.standard
        if output == "-" { return console.print(report.page()) }
        let path = try output.map { try BaseExecutor.absolute(path: $0) } ?? registry.reportPath(of: history.record.id)
        do {
            try FileSystem.writeAtomically(report.page(), to: path)
        } catch {
            throw ResourceError(
                operation: "write the report of run \(history.record.id)",
                message: "\(error); name another file with --output"
            )
        }
        console.print(path)
    }
}
