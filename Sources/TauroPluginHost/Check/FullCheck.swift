import TauroBasics
package import TauroModel

/// All checks of a plugin's file: those that read it, and, where these found no error, those that run it.
package struct FullCheck: Sendable {
    /// Random cases that are wanted.
    package struct Fuzz: Sendable {
        package let seed: UInt64
        package let time: Duration

        package init(seed: UInt64, time: Duration) {
            self.seed = seed
            self.time = time
        }
    }

    private let program: String?
    private let sql: any SQLRunner
    private let directory: String
    private let settings: WorkerChecks.Settings

    /// Prepares the checks.
    ///
    /// - Parameters:
    ///   - program: absolute path of `tauro-host`, for worker processes; nil where it is not known.
    ///   - sql: runs the queries of nodes.
    ///   - directory: absolute path of a directory for the content of artifacts.
    ///   - settings: what is checked, and how.
    package init(
        program: String?,
        sql: any SQLRunner,
        directory: String,
        _ settings: WorkerChecks.Settings
    ) {
        self.program = program
        self.sql = sql
        self.directory = directory
        self.settings = settings
    }

    /// Makes the checks of the file at `path`, an absolute path without links.
    ///
    /// - Throws: `ConfigurationError` for what can not be read, and for a node or an input that the plugin does not have.
    package func report(_ path: String, fuzz: Fuzz? = nil) throws(ConfigurationError) -> CheckReport {
        var report = try StaticChecks().report(path)
        if let test = settings.test, test.group == .static {
            report.findings = report.findings.filter { $0.check == test }
            return report
        }
        guard !report.hasErrors, let (plugin, nodes) = try described(path) else {
            return withSkipped(report, "the checks that read the file found errors, so nothing of it was run")
        }
        guard let program else { return withSkipped(report, "the program tauro-host is not beside this program") }
        if settings.test != nil { report.findings = [] }
        let checks = WorkerChecks(program: program, sql: sql, directory: directory, settings)
        report.findings += checks.findings(plugin, nodes)
        if let fuzz {
            let run = FuzzRun(checks, seed: fuzz.seed, timeout: settings.timeout).run(plugin, nodes, for: fuzz.time)
            report.findings += run.findings
            report.fuzz = run.fuzz
        }
        return report
    }

    /// Makes one check inside this process; see `InProcessCheck`.
    package func reportInProcess(
        _ path: String,
        _ test: PluginCheck,
        begin: @escaping @Sendable (String) -> Void
    ) throws -> CheckReport {
        var report = try StaticChecks().report(path)
        guard !report.hasErrors, test.group != .static, let (plugin, nodes) = try described(path) else { return report }
        let node = settings.node.flatMap { name in nodes.first { $0.name == name } }
        report.findings = try InProcessCheck.findings(
            test,
            plugin,
            node,
            settings,
            sql: sql,
            directory: directory,
            begin: begin
        )
        return report
    }

    /// The plugin and its nodes; the one that is asked for, where one is.
    private func described(
        _ path: String
    ) throws(ConfigurationError) -> (NodeSignature.Plugin, [NodeSignature])? {
        guard let file = try? PluginFile(path: path) else { return nil }
        let all = file.signatures
        if let name = settings.node, !all.contains(where: { $0.name == name }) {
            throw Self.unknown("node", name, among: all.map(\.name))
        }
        let nodes = all.filter { settings.node == nil || $0.name == settings.node }
        let inputs = Set(all.flatMap { $0.inputs.map(\.name) })
        if let name = settings.inputs.keys.sorted().first(where: { !inputs.contains($0) }) {
            throw Self.unknown("input", name, among: inputs.sorted())
        }
        return (file.plugin, nodes)
    }

    private static func unknown(_ what: String, _ name: String, among known: [String]) -> ConfigurationError {
        let nearest = NearestName.note(NearestName.nearest(to: name, in: known))
        return ConfigurationError(
            operation: "plugins check",
            diagnostics: [
                Diagnostic(
                    .error,
                    .configuration,
                    "the plugin has no \(what) '\(name)'",
                    notes: nearest + ["it has: \(known.isEmpty ? "none" : known.joined(separator: ", "))"]
                )
            ]
        )
    }

    private func withSkipped(_ report: CheckReport, _ reason: String) -> CheckReport {
        var report = report
        let checks = PluginCheck.all(of: .load) + PluginCheck.all(of: .call)
        report.findings += checks.map { CheckFinding($0, .skipped, reason) }
        return report
    }
}
