import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host plugins`.
struct PluginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "Look at compiled nodes without loading them.",
        subcommands: [
            PluginsListCommand.self, PluginsShowCommand.self, PluginsCheckCommand.self, PluginsNewCommand.self,
        ]
    )
}

/// `tauro-host plugins list`.
struct PluginsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the node functions that were found, and the files that were refused."
    )

    @Option(help: ArgumentHelp("Directory of the project.", valueName: "dir"))
    var project = "."

    func run() throws {
        let catalog = try BaseExecutor.pluginCatalog(project: project)
        let console = Console.standard
        var table = TextTable([("function", .left), ("takes", .left), ("returns", .left), ("plugin", .left)])
        for name in catalog.names {
            guard let signature = catalog.signature(named: name) else { continue }
            let takes = signature.inputs.map(\.name) + signature.parameters.map(\.name)
            table.add([name, takes.joined(separator: ", "), signature.result.rawValue, signature.plugin.path])
        }
        if !catalog.names.isEmpty {
            for line in table.lines(console.style(.output)) { console.print(line) }
        }
        let directories = catalog.searchedDirectories.joined(separator: ", ")
        console.print("\(catalog.names.count) functions; directories searched: \(directories)", to: .error)
        for refusal in catalog.refusals { console.print("not taken: \(refusal.path): \(refusal.reason)", to: .error) }
    }
}

/// `tauro-host plugins show`.
struct PluginsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a node function takes and returns."
    )

    @Argument(help: "Dotted name of the function.")
    var function: String

    @Option(help: ArgumentHelp("Directory of the project.", valueName: "dir"))
    var project = "."

    func run() throws {
        let catalog = try BaseExecutor.pluginCatalog(project: project)
        guard let signature = catalog.signature(named: function) else { throw unknown(catalog) }
        for line in lines(signature) { Console.standard.print(line) }
    }

    private func lines(_ signature: NodeSignature) -> [String] {
        let style = Console.standard.style(.output)
        let plugin = signature.plugin
        var lines = [style.bold(signature.name)]
        if let documentation = signature.documentation { lines.append(documentation) }
        lines.append("")
        lines += signature.inputs.map { "input    \($0.name): \($0.kind.rawValue)" }
        if signature.takesML { lines.append("ml       takes the ML context") }
        lines += signature.parameters.map { parameter in
            let value = parameter.defaultValue.map { "default \(PlanWords.value($0))" } ?? "required"
            return "param    \(parameter.name): \(parameter.type.rawValue), \(value)"
        }
        lines.append("returns  \(signature.result.rawValue)\(signature.isRowwise ? ", row by row" : "")")
        lines.append("symbol   \(signature.symbol)")
        let version = plugin.version.isEmpty ? "" : " \(plugin.version)"
        lines.append(
            "plugin   \(plugin.name)\(version), \(plugin.path)\(plugin.isSerial ? ", one call at a time" : "")"
        )
        return lines
    }

    private func unknown(_ catalog: any SignatureSource) -> ValidationError {
        let nearest = NearestName.nearestFew(to: function, in: catalog.names)
        var notes = nearest.isEmpty ? [] : ["nearest names: \(nearest.joined(separator: ", "))"]
        notes.append("directories searched: \(catalog.searchedDirectories.joined(separator: ", "))")
        notes += catalog.refusals.map { "not taken: \($0.path): \($0.reason)" }
        return ValidationError(
            operation: "plugins show",
            diagnostics: [Diagnostic(.error, .validation, "no function named '\(function)'", notes: notes)]
        )
    }
}
