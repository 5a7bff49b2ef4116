import TauroModel

/// What a program that embeds the engine asks to run.
struct EmbeddedCall {
    /// The pipeline's name.
    let pipeline: String
    /// First day as given, unchecked.
    let startDate: String?
    /// Last day as given, unchecked.
    let endDate: String?
    /// How many nodes may run at once.
    let maxWorkers: Int?
    /// Everything else that decides what is computed.
    var request: RunRequest
    /// Who watches.
    let observers: [any RunObserver]
    /// What tells the run to stop.
    let cancellation: CancellationToken
    /// The run to resume, or `last`; nil for a new one.
    var resumedRun: String?
}

extension BaseExecutor {
    /// Plans and runs what a call asks for.
    ///
    /// A node that the host of the resumed run died in is called in a worker process.
    ///
    /// - Throws: as `executePipeline`.
    func execute(_ call: EmbeddedCall) throws -> RunSummary {
        let history = try call.resumedRun.map { run in
            try ProjectRuns(project: context.projectDirectory).history(toResume: run, of: call.pipeline)
        }
        let run = history?.record.id
        let dead = run.flatMap { run in collectDeadRuns().runs.first { $0.id == run } }
        let request = history.map { call.request.filled(from: $0.record.request) } ?? call.request
        let result = plan(
            PlanRequest(
                pipeline: call.pipeline,
                startDate: call.startDate ?? history?.record.dates.start,
                endDate: call.endDate ?? history?.record.dates.end,
                parameters: request.parameters,
                selection: request.selection,
                isolation: request.isolation,
                isolatedNodes: Set(dead?.suspects ?? []),
                isToRun: true,
                resumedRun: run,
                machineLearning: MLRequest(
                    hyperparameters: request.hyperparameters,
                    modelVersion: request.modelVersion
                )
            )
        )
        guard let plan = result.plan else {
            throw ValidationError(operation: "validate \(call.pipeline)", diagnostics: result.diagnostics)
        }
        var options = RunOptions()
        options.maxWorkers = call.maxWorkers
        options.warnings = result.diagnostics
        options.observers = call.observers
        options.cancellation = call.cancellation
        options.request = request
        options.resumedRun = run
        options.crashes = CrashHandling(earlierNodes: dead?.suspects ?? [])
        let summary = try execute(plan, options)
        if summary.status == .completed, let dead { forgetDeadRun(dead.id) }
        return summary
    }
}
