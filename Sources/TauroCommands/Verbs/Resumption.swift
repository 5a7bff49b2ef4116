import TauroModel
import TauroRuntime

/// What `run` makes of earlier runs: it tells of those whose hosts died, and with `--resume` it goes on with one.
struct Resumption {
    /// What is known of the run to resume; nil where none is asked for.
    let history: RunHistory?

    /// The pipeline's last run, where its host died before it came to an end and it is not resumed.
    private let dead: RunOverview?

    /// Finds the run to resume.
    ///
    /// - Throws: `ConfigurationError` or `ResourceError` when `run` names none of the pipeline that can be resumed.
    init(_ run: String?, of pipeline: String, project: String, tells: Bool) throws {
        guard let run else {
            history = nil
            dead = tells ? try ProjectRuns(project: project).deadRun(of: pipeline) : nil
            return
        }
        dead = nil
        history = try ProjectRuns(project: project).history(toResume: run, of: pipeline)
    }

    /// Tells of a run that never came to its end, where `suspects` does not say more of it.
    func tell(besides suspects: Suspects) {
        if let dead, !suspects.runs.contains(dead.id) { Report.standard.findings([DeadRunText.warning(dead)]) }
    }

    /// What the call that began the run said, with what this call says in its place.
    func request(_ call: RunRequest) -> RunRequest {
        history.map { call.filled(from: $0.record.request) } ?? call
    }

    /// The days of the run to resume.
    var dates: DateWindow { history?.record.dates ?? DateWindow() }
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

    /// The runs whose hosts died inside a call.
    var runs: Set<String> { Set(dead.map(\.id)) }

    /// The nodes.
    var nodes: [String] { resumed?.suspects ?? [] }

    /// Says on stderr which nodes are called in worker processes, and why.
    func tell(_ plan: ExecutionPlan) {
        guard let resumed else { return }
        Report.standard.notes(DeadRunText.lines(resuming: resumed, as: plan))
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
