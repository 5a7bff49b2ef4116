import ArgumentParser
import TauroBasics
import TauroRuntime

/// `tauro-host doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what the host and the things it can use are found as, and how to get the rest.",
        discussion: "Nothing is installed, and no network is used."
    )

    @OptionGroup var options: PluginOptions

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func run() throws {
        let plugins = try options.look().survey()
        let survey = try InstallationSurvey(project: options.project)
        let console = Console.standard
        switch format {
        case .json: console.print(DoctorDocument.document(survey, plugins).text(.pretty))
        case .text:
            let text = DoctorText(style: console.style(.output))
            for line in text.lines(survey, plugins) { console.print(line) }
        }
        if !survey.isComplete { throw ExitStatus.dependency }
    }
}
