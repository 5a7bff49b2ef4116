import ArgumentParser
import TauroRuntime

/// `tauro-host init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new project: configuration, sample data, and nodes in C.",
        discussion:
            "Nothing is overwritten. It prints the commands that build the nodes, run the pipeline and show a result."
    )

    @Argument(help: "Name of the project: lower-case letters, digits and underscores, a letter first.")
    var name: String

    @Option(help: "What the project begins with.")
    var template: ProjectTemplate = .minimal

    @Option(help: ArgumentHelp("Directory to make it in.", valueName: "dir"))
    var at = "."

    @OptionGroup var kitOption: AuthoringKitOption

    private static let scaffolding = Scaffolding(thing: "project", example: "init my_shop")

    func run() throws {
        let scaffold = ProjectScaffold(
            try Self.scaffolding.name(name),
            template,
            includeDirectory: try kitOption.kit(for: Self.scaffolding).includeDirectory,
            host: HostCommand.current()
        )
        try Self.scaffolding.make(
            scaffold.name,
            at: at,
            scaffold.files,
            steps: scaffold.steps,
            to: "build and run it, and to see a result"
        )
    }
}

extension ProjectTemplate: ExpressibleByArgument {}
