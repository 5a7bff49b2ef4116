import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host plugins lock`.
struct PluginsLockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Pin the project's plugins in tauro.lock, or check them against it.",
        discussion: """
            Without a lock this writes one. With a lock it says every difference and exits with 6. Where a project \
            has a lock, run, validate and plan refuse any plugin that is not the locked one.
            """
    )

    @OptionGroup var options: PluginOptions

    @Flag(help: "Write the lock anew, with the plugins as they are.")
    var update = false

    func run() throws {
        let locking = try FoundPlugins.lock(
            project: options.project,
            environment: options.env,
            ignoringEnvironmentPaths: options.environmentPaths.noEnv,
            update: update
        )
        let console = Console.standard
        for refusal in locking.refusals {
            console.print("not locked: \(refusal.path): \(refusal.sentence)", to: .error)
        }
        let differences = locking.differences ?? []
        if !differences.isEmpty && !update { throw refused(differences, locking.path) }
        for difference in differences {
            for line in [sentence(difference)] + facts(difference).map({ "    \($0)" }) {
                console.print(line, to: .error)
            }
        }
        var table = TextTable([("plugin", .left), ("version", .left), ("sha256", .left)])
        for plugin in locking.plugins { table.add([plugin.path, plugin.version, plugin.sha256]) }
        if !locking.plugins.isEmpty {
            for line in table.lines(console.style(.output)) { console.print(line) }
        }
        let count = "\(locking.plugins.count) plugin\(locking.plugins.count == 1 ? "" : "s")"
        console.print(locking.isWritten ? "wrote \(locking.path): \(count)" : "\(count), all as locked", to: .error)
    }

    private func refused(_ differences: [LockDifference], _ path: String) -> ValidationError {
        var diagnostics = differences.map { Diagnostic(.error, .security, sentence($0), notes: facts($0)) }
        if let last = diagnostics.popLast() {
            let cure = "`tauro-host plugins lock --update` writes \(path) anew, if this is what you want"
            diagnostics.append(Diagnostic(last.severity, last.kind, last.message, notes: last.notes + [cure]))
        }
        return ValidationError(operation: "plugins lock", diagnostics: diagnostics)
    }

    private func sentence(_ difference: LockDifference) -> String {
        switch difference {
        case .added(let plugin): "added: \(plugin.path) is not in tauro.lock"
        case .removed(let plugin): "removed: \(plugin.path) is in tauro.lock, and not among the plugins found"
        case .changed(_, let found): "changed: \(found.path) is not the file that tauro.lock names"
        }
    }

    private func facts(_ difference: LockDifference) -> [String] {
        switch difference {
        case .added(let plugin): ["found:  \(described(plugin))"]
        case .removed(let plugin): ["locked: \(described(plugin))"]
        case .changed(let locked, let found): ["locked: \(described(locked))", "found:  \(described(found))"]
        }
    }

    private func described(_ plugin: LockedPlugin) -> String {
        let version = plugin.version.isEmpty ? "" : " \(plugin.version)"
        return "sha256 \(plugin.sha256), \(plugin.size) bytes, \(plugin.name)\(version), tauro ABI \(plugin.abi)"
    }
}
