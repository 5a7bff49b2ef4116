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
            PluginsListCommand.self, PluginsShowCommand.self, PluginsLockCommand.self, PluginsCheckCommand.self,
            PluginsNewCommand.self,
        ]
    )
}

/// `tauro-host plugins show`.
struct PluginsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a node function takes and returns."
    )

    @Argument(help: "Dotted name of the function.")
    var function: String

    @OptionGroup var options: PluginOptions

    func run() throws {
        let found = try options.look()
        try found.checkDirectories()
        let functions = found.functions
        guard let signature = functions.signature(named: function) else { throw unknown(functions) }
        for line in lines(signature, functions.lockState(of: signature.plugin)) { Console.standard.print(line) }
    }

    private func lines(_ signature: NodeSignature, _ lock: PluginLockState) -> [String] {
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
        // What is not trusted has no signature to show.
        lines.append("trusted  yes: nobody but its owner, or root, can change the file")
        lines.append("locked   \(PluginWords.lock(lock))")
        return lines
    }

    private func unknown(_ catalog: any SignatureSource) -> ValidationError {
        let nearest = NearestName.nearestFew(to: function, in: catalog.names)
        var notes = nearest.isEmpty ? [] : ["nearest names: \(nearest.joined(separator: ", "))"]
        notes.append("directories searched: \(catalog.searchedDirectories.joined(separator: ", "))")
        notes += catalog.refusals.map { "not taken: \($0.path): \($0.sentence)" }
        return ValidationError(
            operation: "plugins show",
            diagnostics: [Diagnostic(.error, .validation, "no function named '\(function)'", notes: notes)]
        )
    }
}
