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

    @Option(
        help: ArgumentHelp(
            "Rows for an input: csv, json or parquet; any other file for an artifact. May be repeated.",
            valueName: "name=file"
        )
    )
    var input: [NameAndFile] = []

    @Option(help: ArgumentHelp("How long one check may take.", valueName: "seconds"))
    var timeout = 30.0

    @Option(help: ArgumentHelp("Make one check alone, by its id.", valueName: "id"))
    var test: PluginCheck?

    @Option(help: ArgumentHelp("Call one node alone.", valueName: "function"))
    var node: String?

    @Option(help: ArgumentHelp("Call nodes with random cases for so long too.", valueName: "seconds"))
    var fuzz: Double?

    @Option(help: ArgumentHelp("Where random cases begin; with --test, the one case of this seed.", valueName: "n"))
    var seed: UInt64?

    @Flag(help: "Make the check of --test in this process, for a debugger.")
    var inProcess = false

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ArgumentParser.ValidationError("--timeout is \(timeout); expected 0 to 86400 seconds")
        }
        if let fuzz, !(0...86_400).contains(fuzz) {
            throw ArgumentParser.ValidationError("--fuzz is \(fuzz); expected 0 to 86400 seconds")
        }
        if fuzz != nil && test != nil { throw ArgumentParser.ValidationError("--fuzz and --test exclude each other") }
        if seed != nil && fuzz == nil && (test == nil || node == nil) {
            throw ArgumentParser.ValidationError("--seed needs --fuzz, or --test and --node")
        }
        guard inProcess else { return }
        guard let test, test.group != .static else {
            throw ArgumentParser.ValidationError("--in-process needs --test L1 to C18")
        }
        if test.group == .call && node == nil {
            throw ArgumentParser.ValidationError("--in-process --test \(test.rawValue) needs --node")
        }
    }

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
        let report = try PluginChecker.check(request) { words in
            Console.standard.print("called with \(words)", to: .error)
        }
        if let junit { try write(CheckJUnit.text(report), to: junit) }
        let console = Console.standard
        if json {
            console.print(CheckDocument.document(report).text(.pretty))
        } else {
            let width = console.isTerminal(.output) ? min(100, console.width(.output)) : 100
            let text = CheckText(style: console.style(.output), width: width, options: repeatedOptions)
            for line in text.lines(report) { console.print(line) }
        }
        if report.hasErrors { throw ExitStatus.unexpected }
    }

    private var request: PluginChecker.Request {
        PluginChecker.Request(
            path: file,
            timeout: timeout,
            inputs: input.map { ($0.name, $0.file) },
            test: test,
            node: node,
            seed: seed,
            fuzzSeconds: fuzz,
            isInProcess: inProcess
        )
    }

    /// What a command has to repeat to make one of the cases again.
    private var repeatedOptions: [String] { input.flatMap { ["--input", "\($0.name)=\($0.file)"] } }

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

/// `name=file` on the command line.
struct NameAndFile: ExpressibleByArgument {
    let name: String
    let file: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
        name = String(argument[..<equals])
        file = String(argument[argument.index(after: equals)...])
    }
}

extension PluginCheck: ExpressibleByArgument {}
