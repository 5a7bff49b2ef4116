import TauroModel
import TauroRuntime

/// What `run` makes of earlier runs whose hosts died: it tells of them, and with `--resume` it spares the host a node
/// that one died in.
struct Resumption {
    private let pipeline: String
    private let dead: [DeadRun]
    /// The run to resume; nil where none is asked for.
    private let resumed: DeadRun?

    /// Looks for dead runs and for the one to resume.
    ///
    /// With `tells`, those that are new are shown on stderr, but for the one that is resumed.
    ///
    /// - Throws: `ConfigurationError` when `run` names none that can be resumed.
    init(_ run: String?, of pipeline: String, with executor: BaseExecutor, tells: Bool) throws {
        self.pipeline = pipeline
        guard tells || run != nil else {
            dead = []
            resumed = nil
            return
        }
        let found = executor.collectDeadRuns()
        dead = found.runs
        let resumed = run.flatMap { run in
            run == "last" ? found.runs.last { $0.pipeline == pipeline } : found.runs.first { $0.id == run }
        }
        let findings = found.runs.filter { $0.isNew && $0.id != resumed?.id }.map { DeadRunText.warning($0) }
        Report.standard.findings(found.unreadable.map { DeadRunText.warning(unreadable: $0, $1) } + findings)
        if let run, let problem = Resumption.problem(run, resumed, pipeline, found.runs) {
            throw ConfigurationError(operation: "resume \(run)", diagnostics: [problem])
        }
        self.resumed = resumed
    }

    /// The nodes that are not to run in this process.
    var nodes: [String] { resumed?.suspects ?? [] }

    /// Says on stderr what is resumed, and how.
    func tell(_ plan: ExecutionPlan) {
        guard let resumed else { return }
        for line in DeadRunText.lines(resuming: resumed, as: plan) { Console.standard.print(line, to: .error) }
    }

    /// Forgets what a completed run made good.
    func end(_ summary: RunSummary, _ executor: BaseExecutor) {
        guard summary.status == .completed, let resumed else { return }
        let isolated = Set(nodes)
        for run in dead where run.pipeline == pipeline && run.id <= resumed.id && isolated.isSuperset(of: run.suspects)
        {
            executor.forgetDeadRun(run.id)
        }
    }

    private static func problem(
        _ run: String,
        _ found: DeadRun?,
        _ pipeline: String,
        _ known: [DeadRun]
    ) -> Diagnostic? {
        guard let found else {
            let message =
                run == "last"
                ? "there is no run to resume: no host died inside a call of pipeline '\(pipeline)'"
                : "run '\(run)' can not be resumed: no run of that name is known whose host died inside a call"
            return Diagnostic(.error, .configuration, message, notes: DeadRunText.list(known))
        }
        if found.pipeline == pipeline { return nil }
        return Diagnostic(
            .error,
            .configuration,
            "run \(found.id) was one of pipeline '\(found.pipeline)', not of '\(pipeline)'",
            notes: ["resume it with: tauro-host run \(found.pipeline) --resume \(found.id)"]
        )
    }
}
