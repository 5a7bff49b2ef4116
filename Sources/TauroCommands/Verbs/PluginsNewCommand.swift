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

    @Option(
        name: .customLong("package"),
        help: ArgumentHelp(
            "Checkout of tauro-host to build with; the one of this program if not said.",
            valueName: "dir"
        )
    )
    var checkout: String?

    func run() throws {
        let scaffold = try scaffold(PluginName(checking: name), HostCommand.current())
        let directory = FilePath.normalized(FilePath.join(at, scaffold.name.text))
        do {
            try ScaffoldWriter.write(scaffold.files, into: absolute(directory))
        } catch let error as SystemError {
            throw failure(error)
        }
        tell(scaffold, directory)
    }

    private func scaffold(_ name: PluginName, _ host: String) throws -> PluginScaffold {
        let kit = try kit()
        switch lang {
        case .c: return PluginScaffold(inC: name, includeDirectory: kit.includeDirectory, host: host)
        case .swift:
            guard let checkout = kit.checkout else {
                throw refusal(
                    "a plugin in Swift builds on a checkout of tauro-host, and this program was installed without one",
                    "name one: --package DIR"
                )
            }
            guard FilePath.name(checkout).lowercased() != name.text else {
                throw refusal(
                    "the plugin can not be named '\(name.text)', like the checkout \(checkout): "
                        + "Swift tells packages apart by the names of their directories",
                    "choose another name"
                )
            }
            return PluginScaffold(inSwift: name, checkout: checkout, host: host)
        }
    }

    private func kit() throws -> AuthoringKit {
        guard let checkout else {
            if let kit = AuthoringKit.ofRunningProgram() { return kit }
            throw refusal(
                "the headers that plugins are built with are not beside this program",
                "name a checkout of tauro-host: --package DIR"
            )
        }
        if let kit = AuthoringKit(checkout: try absolute(checkout)) { return kit }
        throw refusal(
            "--package \(checkout) is no checkout of tauro-host: expected Package.swift and include/tauro/tauro.h there"
        )
    }

    private func tell(_ scaffold: PluginScaffold, _ directory: String) {
        let console = Console.standard
        console.print("Made \(directory). To build, test, check and run it, and to see the result:", to: .error)
        for command in ["cd \(ShellWord.quoted(directory))"] + scaffold.steps { console.print("    \(command)") }
    }

    private func failure(_ error: SystemError) -> ConfigurationError {
        guard error.isExistingPath else { return refusal("the project can not be made: \(error.description)") }
        return refusal(
            "\(error.path) is there already; nothing was written",
            "choose another name, or another --at DIR"
        )
    }
}

/// What is refused while a plugin's project is made.
private func refusal(_ message: String, _ notes: String...) -> ConfigurationError {
    ConfigurationError(
        operation: "make a plugin",
        diagnostics: [Diagnostic(.error, .configuration, message, notes: notes)]
    )
}

private func absolute(_ path: String) throws -> String {
    FilePath.absolute(path, from: try FileSystem.workingDirectory())
}

extension PluginName {
    /// Takes a name from the command line.
    ///
    /// - Throws: `ConfigurationError`, which says what a name looks like.
    fileprivate init(checking text: String) throws {
        if PluginName.isKeyword(text) {
            throw refusal("the plugin can not be named '\(text)', which is a word of C or Swift", "choose another name")
        }
        guard let name = PluginName(text) else {
            throw refusal(
                "the plugin can not be named '\(PrintableText.line(text))': expected lower-case letters, digits and "
                    + "underscores, a letter first",
                "for example: plugins new my_shop --lang \(PluginsNewCommand.Language.c.rawValue)"
            )
        }
        self = name
    }
}
