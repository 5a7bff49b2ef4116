import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host runs clean`.
struct RunsCleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove old runs, and what dead ones left behind.",
        discussion: """
            A run goes only where every option lets it go. Runs that live never do; those that could be resumed only \
            with --all. What a run stored stays: only what it remembers goes. What hosts that died left half made is \
            removed in any case: directories aside of outputs, temporary files, runs that never began.
            """
    )

    @OptionGroup var options: RunsProjectOptions

    @Option(help: ArgumentHelp("Environment whose overlays say where outputs lie.", valueName: "name"))
    var env: String?

    @Option(help: ArgumentHelp("Remove runs in which nothing happened for so many days.", valueName: "days"))
    var olderThan: Double?

    @Option(help: ArgumentHelp("Keep the newest runs of each pipeline, so many.", valueName: "n"))
    var keep: Int?

    @Flag(help: "Remove runs that could be resumed, too.")
    var all = false

    @Flag(help: "Say what would be removed, and remove nothing.")
    var dryRun = false

    func validate() throws {
        if let olderThan, !(olderThan >= 0) { throw UsageError("--older-than is a number of days, at least 0") }
        if let keep, keep < 0 { throw UsageError("--keep is at least 0") }
        if all && olderThan == nil && keep == nil { throw UsageError("--all needs --older-than or --keep") }
    }

    func run() throws {
        let retention = RunRetention(
            olderThan: olderThan.map { .seconds(min($0, 1e6) * 86_400) },
            keep: keep,
            removesResumable: all
        )
        let registry = try options.registry()
        let cleaned = try registry.clean(retention, environment: env, dryRun: dryRun)
        let console = Console.standard
        for run in cleaned.runs { console.print("run \(run)") }
        for path in cleaned.strays { console.print(path) }
        if cleaned.leftOutputs { Report.standard.findings([RunsCleanCommand.leftOutputs]) }
        let verb = dryRun ? "would be removed" : "removed"
        let strays = cleaned.strays.isEmpty ? "" : ", and \(RunWords.count(cleaned.strays.count, "thing")) left behind"
        console.print("\(verb): \(RunWords.count(cleaned.runs.count, "run"))\(strays)", to: .error)
    }

    private static let leftOutputs = Diagnostic(
        .warning,
        .configuration,
        "what lies aside of outputs was left, because the project's configuration can not be read",
        notes: ["`tauro-host validate` says what is wrong with it; mend that, then clean again"]
    )
}
