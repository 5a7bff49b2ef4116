import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host plugins new`.
struct PluginsNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a project for a new plugin: a node, its test, a build, and a pipeline that runs it.",
        discussion: "Nothing is overwritten. It prints the commands that build, test, check and run what it made."
    )

    /// The languages there is a project for.
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case c
        case swift
    }

    @Argument(help: "Name of the plugin: lower-case letters, digits and underscores, a letter first.")
    var name: String

    @Option(help: ArgumentHelp("Language of the node.", valueName: "language"))
    var lang: Language

    @Option(help: ArgumentHelp("Directory to make it in.", valueName: "dir"))
    var at = "."

    @OptionGroup var kitOption: AuthoringKitOption

    private static let scaffolding = Scaffolding(
        thing: "plugin",
        example: "plugins new my_shop --lang \(Language.c.rawValue)"
    )

    func run() throws {
        let scaffold = try scaffold(Self.scaffolding.name(name), HostCommand.current())
        try Self.scaffolding.make(
            scaffold.name,
            at: at,
            scaffold.files,
            steps: scaffold.steps,
            to: "build, test, check and run it, and to see the result"
        )
    }

    private func scaffold(_ name: PluginName, _ host: String) throws -> PluginScaffold {
        let kit = try kitOption.kit(for: Self.scaffolding)
        switch lang {
        case .c: return PluginScaffold(inC: name, includeDirectory: kit.includeDirectory, host: host)
        case .swift:
            guard let checkout = kit.checkout else {
                throw Self.scaffolding.refusal(
                    "a plugin in Swift builds on a checkout of tauro-host, and this program was installed without one",
                    "name one: --package DIR"
                )
            }
            guard FilePath.name(checkout).lowercased() != name.text else {
                throw Self.scaffolding.refusal(
                    "the plugin can not be named '\(name.text)', like the checkout \(checkout): "
                        + "Swift tells packages apart by the names of their directories",
                    "choose another name"
                )
            }
            return PluginScaffold(inSwift: name, checkout: checkout, host: host)
        }
    }
}
