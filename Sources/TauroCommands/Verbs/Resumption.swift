import TauroModel
import TauroRuntime

/// What `run` makes of earlier runs: it tells of those whose hosts died, and with `--resume` it goes on with one.
struct Resumption {
    /// What is known of the run to resume; nil where none is asked for.
    let history: RunHistory?

    private let pipeline: String
    private let tells: Bool

    /// Finds the run to resume.
    ///
    /// - Throws: `ConfigurationError` or `ResourceError` when `run` names none of the pipeline that can be resumed.
    init(_ run: String?, of pipeline: String, project: String, tells: Bool) throws {
        self.pipeline = pipeline
        self.tells = tells
        guard let run else {
            history = nil
            if tells, let dead = try ProjectRuns(project: project).deadRun(of: pipeline) {
                Report.standard.findings([DeadRunText.warning(dead)])
            }
            return
        }
        let runs = try ProjectRuns(project: project)
        let history = try runs.history(of: try runs.id(of: run, pipeline: pipeline))
        if history.record.pipeline != pipeline { throw Resumption.other(history.record, than: pipeline) }
        self.history = history
    }

    /// What the call that began the run said, with what this call says in its place.
    func request(_ call: RunRequest) -> RunRequest {
        guard let recorded = history?.record.request else { return call }
        let named = Set(call.parameters.map { "\($0.node).\($0.name)" })
        return RunRequest(
            environment: call.environment ?? recorded.environment,
            parameters: recorded.parameters.filter { !named.contains("\($0.node).\($0.name)") } + call.parameters,
            hyperparameters: recorded.hyperparameters.merging(call.hyperparameters) { _, new in new },
            modelVersion: call.modelVersion ?? recorded.modelVersion,
            selection: call.selection.isEmpty ? recorded.selection : call.selection,
            isolation: call.isolation ?? recorded.isolation
        )
    }

    /// The days of the run to resume.
    var dates: DateWindow { history?.record.dates ?? DateWindow() }

    private static func other(_ record: RunRecord, than pipeline: String) -> ConfigurationError {
        let message = "run \(record.id) was one of pipeline '\(record.pipeline)', not of '\(pipeline)'"
        let note = "resume it with: tauro-host run \(record.pipeline) --resume \(record.id)"
        let diagnostic = Diagnostic(.error, .configuration, message, notes: [note])
        return ConfigurationError(operation: "resume \(record.id)", diagnostics: [diagnostic])
    }
}

/// The nodes that hosts of earlier runs died in, which are not called in this process again where their run is resumed.
struct Suspects {
    private let pipeline: String
    private let dead: [DeadRun]
    private let resumed: DeadRun?

    /// Looks for the records of calls that hosts died in; with `tells`, those that are new are shown on stderr, but for that of
    /// the run that is resumed.
    init(of pipeline: String, resuming run: String?, with executor: BaseExecutor, tells: Bool) {
        self.pipeline = pipeline
        guard tells || run != nil else {
            dead = []
            resumed = nil
            return
        }
        let found = executor.collectDeadRuns()
        dead = found.runs
        resumed = found.runs.first { $0.id == run }
        let findings = found.runs.filter { $0.isNew && $0.id != run }.map { DeadRunText.warning($0) }
        Report.standard.findings(found.unreadable.map { DeadRunText.warning(unreadable: $0, $1) } + findings)
    }

    /// The nodes.
    var nodes: [String] { resumed?.suspects ?? [] }

    /// Says on stderr which nodes are called in worker processes, and why.
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
}
