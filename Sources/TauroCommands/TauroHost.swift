import ArgumentParser
import Glibc
import TauroBasics
import TauroModel

/// The program: parses the command line, runs a verb, and ends with the exit code of the contract.
public enum TauroHost {
    /// Runs the program; does not return.
    public static func main() -> Never {
        exit(run().rawValue)
    }

    private static func run() -> ExitStatus {
        // Writing to a closed pipe then fails instead of ending the process: a reader that left never kills a run.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try RootCommand.parseAsRoot()
            try command.run()
            return .success
        } catch let error where isParserError(error) {
            return tell(error)
        } catch {
            Report.standard.error(error)
            return ExitStatus(error)
        }
    }

    private static func isParserError(_ error: any Error) -> Bool {
        !(error is ExitStatus) && !(error is any ExecutionError) && RootCommand.exitCode(for: error) != .failure
    }

    /// Help goes to stdout; a wrong command line is a configuration error.
    private static func tell(_ error: any Error) -> ExitStatus {
        let text = RootCommand.fullMessage(for: error)
        let isHelp = RootCommand.exitCode(for: error) == .success
        if !text.isEmpty { Console.standard.print(text, to: isHelp ? .output : .error) }
        if isHelp { return .success }
        let line = RawCommandLine(CommandLine.arguments)
        if let document = line.failureDocument(RootCommand.message(for: error)) {
            Console.standard.print(document.text(.pretty))
        }
        return .configuration
    }
}

/// The root of the command line.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tauro-host",
        abstract: "Runs data pipelines whose steps are compiled functions.",
        version: "\(HostVersion.text)",
        subcommands: [
            RunCommand.self, ValidateCommand.self, PlanCommand.self, ConfigCommand.self, SchemaCommand.self,
            InitCommand.self, DoctorCommand.self, PluginsCommand.self, DatasetsCommand.self,
            RunsCommand.self, WorkerCommand.self,
        ]
    )
}
