import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host plugins list`.
struct PluginsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the node functions that were found, and the files that were refused."
    )

    @OptionGroup var options: PluginOptions

    @Flag(help: "Show every directory of the search, and why each file in it was taken or refused.")
    var explain = false

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    func run() throws {
        let found = try options.look()
        switch format {
        case .json: Console.standard.print(document(found).text(.pretty))
        case .text where explain:
            for line in PluginSurveyText(style: Console.standard.style(.output)).lines(found.survey()) {
                Console.standard.print(line)
            }
        case .text: printFunctions(found.functions)
        }
        try found.checkDirectories()
    }

    private func document(_ found: FoundPlugins) -> JSONValue {
        explain ? PluginDocument.document(found.survey()) : PluginDocument.document(found.functions)
    }

    private func printFunctions(_ functions: any SignatureSource) {
        let console = Console.standard
        var table = TextTable([("function", .left), ("takes", .left), ("returns", .left), ("plugin", .left)])
        for name in functions.names {
            guard let signature = functions.signature(named: name) else { continue }
            let takes = signature.inputs.map(\.name) + signature.parameters.map(\.name)
            table.add([name, takes.joined(separator: ", "), signature.result.rawValue, signature.plugin.path])
        }
        if !functions.names.isEmpty {
            for line in table.lines(console.style(.output)) { console.print(line) }
        }
        let directories = functions.searchedDirectories.joined(separator: ", ")
        console.print("\(functions.names.count) functions; directories searched: \(directories)", to: .error)
        for refusal in functions.refusals {
            console.print("not taken: \(refusal.path): \(refusal.sentence)", to: .error)
        }
    }
}
