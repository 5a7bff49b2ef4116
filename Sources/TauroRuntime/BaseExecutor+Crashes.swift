import TauroBasics
import TauroExecution
package import TauroModel
import TauroPluginHost

/// What a run does about the host's own death inside a call.
package struct CrashHandling: Sendable {
    /// Whether the process says so on stderr: only where its signals and exits are the host's own, so not in a program
    /// that embeds it.
    package let tells: Bool
    /// Nodes that hosts of earlier runs died in, where the run resumes one.
    package let earlierNodes: [String]
    /// Told, once a run, of what keeps calls from being written down.
    package let warn: @Sendable (Diagnostic) -> Void

    package init(
        tells: Bool = false,
        earlierNodes: [String] = [],
        warn: @escaping @Sendable (Diagnostic) -> Void = { _ in }
    ) {
        self.tells = tells
        self.earlierNodes = earlierNodes
        self.warn = warn
    }

    /// Says that the process is ended on purpose now, whatever is under way.
    package static func endOnPurpose() { CallRecord.endOnPurpose() }
}

extension BaseExecutor {
    /// The runs of this project whose hosts died inside a call; those that are new are told of by the caller.
    package func collectDeadRuns() -> DeadRuns { RunRecords(project: context.projectDirectory).collect() }

    /// Forgets a dead run, because another took its place.
    package func forgetDeadRun(_ id: String) { RunRecords(project: context.projectDirectory).forget(id) }

    /// The record of a run's calls; nil where nothing is called in this process, and where the project has no room for
    /// it: that is no reason not to run, but one for a warning.
    func callRecord(
        of run: AttemptExecutor.Run,
        _ startedAt: Timestamp,
        workers: Int,
        _ crashes: CrashHandling
    ) -> CallRecord? {
        guard run.plan.nodes.contains(where: { $0.execution.isolation == .inProcess }) else { return nil }
        // Until it is complete, it is on the file system of the project, where it stays.
        let temporary = TemporaryDirectory(TemporaryDirectories(project: context.projectDirectory))
        defer { temporary.remove() }
        do throws(SystemError) {
            return try CallRecord(
                CallRecord.Run(
                    id: run.id,
                    pipeline: run.plan.pipeline.name,
                    startedAt: startedAt,
                    workers: max(1, min(workers, run.plan.nodes.count)),
                    earlierNodes: crashes.earlierNodes
                ),
                project: context.projectDirectory,
                temporaryPath: FilePath.join(temporary.path, "calls"),
                tellsCrashes: crashes.tells
            )
        } catch {
            crashes.warn(BaseExecutor.warning(ofRecord: error))
            return nil
        }
    }

    private static func warning(ofRecord error: SystemError) -> Diagnostic {
        Diagnostic(
            .warning,
            .configuration,
            "this run's calls can not be written down: \(error)",
            notes: [
                "should a function crash this process, nobody could say which, and --resume could not spare it",
                "see that the project's .tauro/runs is a directory that you may write, with room on its disk",
            ]
        )
    }
}
