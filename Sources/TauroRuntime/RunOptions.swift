package import TauroModel

/// How a plan is run.
package struct RunOptions: Sendable {
    /// How many nodes may run at once; pipeline, then global settings decide where nothing is said.
    package var maxWorkers: Int?
    /// What planning found, as far as those who watch are to be told of it.
    package var warnings: [Diagnostic] = []
    /// Who watches.
    package var observers: [any RunObserver] = []
    /// What tells the run to stop.
    package var cancellation = CancellationToken()
    /// What is done about the host's own death inside a call.
    package var crashes = CrashHandling()
    /// What the call asked for, for `--resume` to say again.
    package var request = RunRequest()
    /// The run that is resumed; nil for a new one.
    package var resumedRun: String?
    /// Told of what becomes of each node of a run that is resumed, in the order of the plan, before it begins.
    package var decided: @Sendable ([(node: String, decision: ResumeDecision)]) -> Void = { _ in }

    package init() {}
}
