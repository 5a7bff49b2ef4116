public import TauroModel

extension BaseExecutor {
    /// Runs a pipeline to its end, or goes on with a run of it, and says what became of it; a failed node is told in the
    /// summary, not thrown.
    ///
    /// Blocks the calling thread; pipelines may run on several threads at once. What became of the run stays in the project's
    /// `.tauro/runs`, for `tauro-host runs` and for whoever resumes it.
    ///
    /// - Parameters:
    ///   - name: the pipeline.
    ///   - startDate: first day, `YYYY-MM-DD`; where none is given the resumed run, then global settings decide.
    ///   - endDate: last day, inclusive.
    ///   - maxWorkers: how many nodes may run at once, at least 1; pipeline, then global settings decide where none is given.
    ///   - modelVersion: the version of the model; pipeline, `ml_info`, then global settings decide where none is given.
    ///   - hyperparams: values that win over all that configuration says.
    ///   - observers: who watches; see ``RunObserver``.
    ///   - run: the id of a run that is to be resumed, or `last` for the pipeline's newest; nil for a new one. What completed
    ///     is restored, and what this call does not say is as the call that began the run said it.
    ///   - cancellation: stops the run, from any thread: what is running is told to stop, what is stored stays.
    /// - Returns: what became of the run and of each node.
    /// - Throws: `ValidationError` with every finding when the pipeline can not run, or the run not be resumed so;
    ///   `ConfigurationError` when `run` is none of the pipeline's; `ResourceError` when there is no such run, another host has
    ///   it, or the run's files can not be written.
    public func executePipeline(
        _ name: String,
        startDate: String? = nil,
        endDate: String? = nil,
        maxWorkers: Int? = nil,
        modelVersion: String? = nil,
        hyperparams: [String: ConfigValue] = [:],
        observers: [any RunObserver] = [],
        resuming run: String? = nil,
        cancellation: CancellationToken = CancellationToken()
    ) throws -> RunSummary {
        try execute(
            EmbeddedCall(
                pipeline: name,
                startDate: startDate,
                endDate: endDate,
                maxWorkers: maxWorkers,
                request: RunRequest(
                    environment: context.environment,
                    hyperparameters: hyperparams,
                    modelVersion: modelVersion
                ),
                observers: observers,
                cancellation: cancellation,
                resumedRun: run
            )
        )
    }
}
