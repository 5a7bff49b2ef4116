import Foundation

/// A project of three nodes of which the second waits for a file: what is there while a run is under way can be seen.
struct GatedProject {
    let project: TestProject
    var path: String { project.path }
    var ledger: String { project.scratch.file("ledger") }

    init(settings: String = "") throws {
        project = try TestProject(
            nodes: """
                first: {function: l.source, output: gold.first, params: {node: first}}
                gate: {function: l.gate, input: [gold.first], output: gold.gate, params: {node: gate}}
                last: {function: l.merge, input: [gold.gate], output: gold.last, params: {node: last}}

                """,
            pipeline: ["first", "gate", "last"],
            output: """
                gold.first: {format: parquet, write_mode: append}
                gold.gate: {format: csv, write_mode: append}

                """,
            settings: settings + "start_date: 2026-01-02\n"
        )
        try project.plugin("ledger", LedgerPlugin.source)
    }

    private var gate: String { project.scratch.file("gate") }

    var environment: [String: String] { ["LEDGER": ledger, "GATE": gate] }

    func open() throws { try project.scratch.write("", to: "gate") }

    /// Starts `run`, with further arguments and environment variables.
    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> KillableHost {
        let run = ["run", "p", "--project", path, "--progress", "none", "--format", "json"]
        return try KillableHost(run + arguments, environment: self.environment.merging(environment) { _, new in new })
    }

    /// How often the waiting node was called.
    var callsOfGate: Int { RunFiles.lines(of: ledger).count { $0.hasPrefix("begin gate ") } }

    /// Starts a host, kills it when it waits, and returns the run's id.
    func kill(_ arguments: String..., environment: [String: String] = [:]) throws -> String {
        let run = ["run", "p", "--project", path, "--progress", "none", "--format", "json"]
        let all = self.environment.merging(environment) { _, new in new }
        let lines = RunFiles.lines(of: ledger).count
        let host = try KillableHost(run + arguments, environment: all)
        let result = try host.end(killingAt: .lines(lines + (arguments.isEmpty ? 3 : 1)) { ledger })
        guard result.status == -SIGKILL, let run = RunFiles.runs(of: path).last else { throw NotKilled(result: result) }
        return run
    }

    struct NotKilled: Error {
        let result: HostProcess.Result
    }

    /// The content of all files of the project.
    func files() throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        let files = names.compactMap { name in
            FileManager.default.contents(atPath: "\(path)/\(name)").map { (name, $0) }
        }
        return Dictionary(uniqueKeysWithValues: files)
    }
}
