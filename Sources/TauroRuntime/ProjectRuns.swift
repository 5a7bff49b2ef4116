import TauroBasics
import TauroConfig
import TauroIO
package import TauroModel
import TauroState

/// The runs that a project remembers, for people who ask after them.
package struct ProjectRuns {
    /// A run's log.
    package struct Log {
        package let lines: [RunLogLine]
        /// How many lines can not be understood.
        package let unreadableLines: Int
    }

    /// As it was given: a directory, or one file.
    private let project: String
    private let directory: String
    private let registry: RunRegistry

    /// The runs of the project in a directory, or in one file.
    ///
    /// - Throws: `SystemError` where the working directory is gone.
    package init(project: String) throws {
        self.project = project
        directory = try BaseExecutor.projectDirectory(project)
        registry = RunRegistry(project: directory)
    }

    /// What is known of the newest runs, of one pipeline if it is named; and the runs that can not be understood, each with a
    /// reason.
    package func histories(
        of pipeline: String?,
        limit: Int?
    ) throws -> (runs: [RunHistory], unreadable: [(id: String, reason: String)]) {
        var runs: [RunHistory] = []
        var unreadable: [(id: String, reason: String)] = []
        for listed in try registry.runs() {
            switch listed {
            case .unreadable(let id, let reason): unreadable.append((id, reason))
            case .run(let overview):
                if pipeline.map({ $0 != overview.pipeline }) ?? false { continue }
                if let limit, runs.count >= limit { continue }
                do {
                    runs.append(try registry.directory(of: overview.id).history())
                } catch {
                    unreadable.append((overview.id, error.message))
                }
            }
        }
        return (runs, unreadable)
    }

    /// What is known of a run; `last` is the newest.
    ///
    /// - Throws: `ResourceError` where there is no such run, or its files can not be understood.
    package func history(of run: String) throws -> RunHistory {
        try registry.directory(of: try id(of: run, pipeline: nil)).history()
    }

    /// What is known of the run that is to be resumed; `last` is the pipeline's newest.
    ///
    /// - Throws: `ConfigurationError` where it is none of the pipeline; `ResourceError` where there is no such run, or its files
    ///   can not be understood.
    package func history(toResume run: String, of pipeline: String) throws -> RunHistory {
        let history = try history(of: try id(of: run, pipeline: pipeline))
        let record = history.record
        if record.pipeline == pipeline { return history }
        let message = "run \(record.id) was one of pipeline '\(record.pipeline)', not of '\(pipeline)'"
        let note = "resume it with: tauro-host run \(record.pipeline) --resume \(record.id)"
        let diagnostic = Diagnostic(.error, .configuration, message, notes: [note])
        throw ConfigurationError(operation: "resume \(record.id)", diagnostics: [diagnostic])
    }

    /// The id of a run; `last` is the newest, of one pipeline if it is named.
    ///
    /// - Throws: `ConfigurationError` where there is none.
    package func id(of run: String, pipeline: String?) throws -> String {
        if run != "last" {
            if registry.contains(run) { return run }
            throw ConfigurationError(operation: "find run \(run)", diagnostics: [unknown(run)])
        }
        if let last = try registry.last(of: pipeline) { return last.id }
        let subject = pipeline.map { "pipeline '\($0)' has" } ?? "the project has"
        let message = "\(subject) no run yet in \(RunDirectory.root(of: directory))"
        let diagnostic = Diagnostic(.error, .configuration, message, notes: ["`tauro-host runs list` shows all runs"])
        throw ConfigurationError(operation: "find the last run", diagnostics: [diagnostic])
    }

    /// The newest run of a pipeline where its host died before it came to an end; only the newest runs of all are looked at.
    package func deadRun(of pipeline: String) -> RunOverview? {
        registry.recentRun(of: pipeline).flatMap { $0.status == .dead ? $0 : nil }
    }

    private func unknown(_ run: String) -> Diagnostic {
        Diagnostic(
            .error,
            .configuration,
            "there is no run '\(run)' in \(RunDirectory.root(of: project))",
            notes: ["`tauro-host runs list` shows those there are"]
        )
    }

    /// A run's log, oldest line first; `last` is the newest run.
    ///
    /// - Throws: `ResourceError` where there is no such run; one without a log has no lines.
    package func log(of run: String) throws -> Log {
        let id = try id(of: run, pipeline: nil)
        _ = try registry.directory(of: id).history()
        let path = registry.directory(of: id).logPath
        guard FileSystem.exists(path) else { return Log(lines: [], unreadableLines: 0) }
        let text = try FileSystem.readText(path)
        let lines = text.split(separator: "\n").map { try? RunLogLine(parsing: String($0)) }
        return Log(lines: lines.compactMap(\.self), unreadableLines: lines.count { $0 == nil })
    }

    /// Where the report of a run is written unless somebody says otherwise.
    package func reportPath(of run: String) -> String {
        FilePath.join(registry.directory(of: run).path, "report.html")
    }

    /// Removes the runs that `retention` lets go, and what hosts that died left behind; with `dryRun` nothing, and the strays
    /// are not looked for.
    ///
    /// `environment` is the one whose overlays say where outputs lie.
    package func clean(_ retention: RunRetention, environment: String?, dryRun: Bool) throws -> Cleaned {
        let now = SystemWallClock().wallTime()
        let runs = retention.removals(among: try registry.runs().compactMap(\.overview), now: now)
        if dryRun { return Cleaned(runs: runs) }
        for run in runs { try registry.remove(run) }
        let context = try context(environment)
        let chosen = context?.globalSettings.temporaryDirectory
        let temporary = TemporaryDirectories(project: directory, chosen: chosen).sweep()
        let aside = context.map(OutputStrays.sweep) ?? []
        return Cleaned(
            runs: runs,
            strays: temporary + aside + (try registry.removeStrays()),
            leftOutputs: context == nil
        )
    }

    /// The project's configuration, as far as it can be read.
    private func context(_ environment: String?) throws -> Context? {
        let loaded = ConfigLoader.load(
            project: try BaseExecutor.location(project),
            environment: environment,
            environmentVariables: ProcessEnvironment.variables()
        )
        return loaded.context ?? loaded.partial
    }
}

/// What `ProjectRuns.clean` did.
package struct Cleaned {
    /// The ids of the runs that were removed.
    package let runs: [String]
    /// The paths of what hosts that died had left behind, and that was removed.
    package var strays: [String] = []
    /// Whether nothing was looked for beside outputs, because the configuration can not be read.
    package var leftOutputs = false
}
