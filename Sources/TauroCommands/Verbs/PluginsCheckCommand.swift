import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host plugins check`.
struct PluginsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a plugin's file as its author, before others run it."
    )

    @Argument(help: "The plugin, a shared library.")
    var file: String

    @Flag(help: "Print one JSON document.")
    var json = false

    @Option(help: ArgumentHelp("Write the results for a build server too.", valueName: "path"))
    var junit: String?

    func run() throws {
        do {
            try check()
        } catch {
            if json && !(error is ExitStatus) {
                let errors = SummaryDocument.errors(error, operation: "plugins check")
                Console.standard.print(CheckDocument.document(notChecked: file, because: errors).text(.pretty))
            }
            throw error
        }
    }

    private func check() throws {
        let report = try PluginChecker.check(file)
        if let junit { try write(CheckJUnit.text(report), to: junit) }
        let console = Console.standard
        if json {
            console.print(CheckDocument.document(report).text(.pretty))
        } else {
            let width = console.isTerminal(.output) ? min(100, console.width(.output)) : 100
            let text = CheckText(style: console.style(.output), width: width)
            for line in text.lines(report) { console.print(line) }
        }
        if report.hasErrors { throw ExitStatus.unexpected }
    }

    private func write(_ text: String, to path: String) throws {
        do throws(SystemError) {
            try FileSystem.writeAtomically(text, to: path)
        } catch {
            throw ConfigurationError(
                operation: "plugins check",
                diagnostics: [Diagnostic(.error, .configuration, error.description)]
            )
        }
    }
}
