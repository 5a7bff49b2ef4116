import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host runs`: what a project's runs did.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Look at the project's runs, and clear them up.",
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsLogsCommand.self, RunsDiffCommand.self,
            RunsReportCommand.self, RunsCleanCommand.self,
        ]
    )
}

/// Which project's runs.
struct RunsProjectOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Directory of the project, or one file that holds all of it.", valueName: "dir"))
    var project = "."

    /// The runs that the project remembers.
    func registry() throws -> ProjectRuns { try ProjectRuns(project: project) }
}

extension ArgumentHelp {
    /// The help of an argument that names a run.
    static let run = ArgumentHelp("Id of the run, or last for the newest.", valueName: "run-id|last")
}

extension ParsableCommand {
    /// Does the work of a verb; what goes wrong is told in a document too where one is wanted.
    func reporting(as format: ResultFormat, _ operation: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            if format == .json {
                let errors = SummaryDocument.errors(error, operation: operation)
                Console.standard.print(JSONValue.object([.init("errors", .array(errors))]).text(.pretty))
            }
            throw error
        }
    }
}
