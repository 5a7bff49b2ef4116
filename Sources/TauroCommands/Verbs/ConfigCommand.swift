import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Look at the configuration as it is in effect, and where it comes from.",
        subcommands: [ConfigShowCommand.self, ConfigExplainCommand.self]
    )
}

/// `tauro-host config show`.
struct ConfigShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the configuration, or a part of it, with overlays laid and references replaced.",
        discussion: "Secrets show as <secret>. A key that nothing sets shows the value it inherits, or null."
    )

    /// The forms a configuration comes in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case yaml
        case json
    }

    @Argument(help: "Key with dots, such as nodes.extract.params.days; everything if none is given.")
    var key: String?

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var inheritance: InheritanceOption

    @Option(help: "How the result is printed.")
    var format: Format = .yaml

    func run() throws {
        try ConfigVerb.run(wantsJSON: format == .json) {
            let configuration = try ConfigVerb.open(options)
            var value: ConfigValue? = configuration.sections
            if let key { value = try configuration.explain(key, pipeline: inheritance.pipeline).value }
            let document = value.map(ConfigValueDocument.document) ?? .null
            Console.standard.print(format == .json ? document.text(.pretty) : document.yaml)
        }
    }
}

/// `tauro-host config explain`.
struct ConfigExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a key's value is, every place that sets it, which one wins, and which files were read.",
        discussion: """
            A node's value wins over its pipeline's, that over global settings, that over what is built in. Hyperparameters \
            and the model's version come from ml_info too, which wins over global settings alone. Inherited params reach \
            only nodes whose function declares them; `tauro-host plan` shows which do.
            """
    )

    @Argument(help: "Key with dots, such as nodes.extract.isolation or global_settings.max_workers.")
    var key: String

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var inheritance: InheritanceOption

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func run() throws {
        try ConfigVerb.run(wantsJSON: format == .json) {
            let explanation = try ConfigVerb.open(options).explain(key, pipeline: inheritance.pipeline)
            let console = Console.standard
            switch format {
            case .json: console.print(ConfigExplanationDocument.document(explanation).text(.pretty))
            case .text:
                let directory = try? FileSystem.workingDirectory()
                let text = ConfigExplanationText(style: console.style(.output), directory: directory)
                for line in text.lines(explanation) { console.print(line) }
            }
        }
    }
}

/// Which pipeline a node's keys inherit from.
struct InheritanceOption: ParsableArguments {
    @Option(help: ArgumentHelp("Pipeline that a node inherits from; its only one unless said.", valueName: "name"))
    var pipeline: String?
}

/// What both verbs do.
private enum ConfigVerb {
    /// Loads the configuration; warnings go to stderr.
    static func open(_ options: ConfigurationOptions) throws -> ProjectConfiguration {
        let configuration = try ProjectConfiguration.open(
            project: options.project,
            environment: options.env,
            dates: options.dates
        )
        Report.standard.findings(configuration.warnings)
        return configuration
    }

    /// Does `body`; a failure is a document too where one was asked for.
    static func run(wantsJSON: Bool, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            if wantsJSON {
                let errors = SummaryDocument.errors(error, operation: "read the configuration")
                Console.standard.print(ConfigValueDocument.document(notReadBecause: errors).text(.pretty))
            }
            throw error
        }
    }
}
