import ArgumentParser
import Glibc
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a pipeline.",
        discussion: SelectionOptions.discussion
    )

    @Argument(help: "Name of the pipeline.")
    var pipeline: String

    @OptionGroup var projectOptions: ProjectOptions

    @OptionGroup var selection: SelectionOptions

    @Option(help: ArgumentHelp("How many nodes may run at once.", valueName: "n"))
    var maxWorkers: Int?

    @Option(help: ArgumentHelp("Value of a typed parameter; repeatable.", valueName: "node.name=value"))
    var param: [ParameterOption] = []

    @OptionGroup var machineLearning: MLOptions

    @Option(help: "Where functions are called: in this process, or in worker processes that may crash.")
    var isolation: IsolationOption?

    @Option(
        help: ArgumentHelp(
            "Go on with a run: what completed is restored, and a node that the host died in is called in a worker process.",
            valueName: "run-id|last"
        )
    )
    var resume: String?

    @Option(help: "How the result is printed.")
    var format: ResultFormat = .text

    @Option(help: "How progress is shown on stderr.")
    var progress: ProgressOption = .auto

    @Option(help: "Least important log lines to show.")
    var logLevel: LogLevelOption = .info

    @Option(help: "How log lines are written on stderr.")
    var logFormat: LogFormat = .text

    @Flag(help: "Print the plan and stop.")
    var dryRun = false

    @Flag(help: "Check everything and stop.")
    var validateOnly = false

    func validate() throws {
        if let maxWorkers, maxWorkers < 1 { throw UsageError("--max-workers is at least 1") }
    }

    func run() throws {
        Console.standard.keepOutputForResults()
        if logFormat == .json { Console.standard.log = .lines(from: logLevel.level, on: .standard) }
        // A frame that workers share keeps a descriptor for as long as the run needs it.
        ProcessLimits.raiseOpenFiles()
        let cancellation = CancellationToken()
        SignalHandling.cancelOnSignals(cancellation)
        do {
            try runPipeline(cancellation)
        } catch let status as ExitStatus {
            throw status
        } catch {
            let isCancelled = cancellation.isCancelled
            if format == .json { printDocument(isCancelled ? .cancelled : .failed, because: error) }
            if !isCancelled { throw error }
            Report.standard.error(error)
            throw ExitStatus.cancelled
        }
    }

    private func runPipeline(_ cancellation: CancellationToken) throws {
        let tells = !validateOnly && !dryRun
        let resumption = try Resumption(resume, of: pipeline, project: projectOptions.project, tells: tells)
        let call = resumption.request(callRequest)
        let opened = try projectOptions.openToCheck(environment: call.environment, recorded: resumption.dates)
        let executor = opened.executor
        let run = resumption.history?.record.id
        let suspects = Suspects(of: pipeline, resuming: run, with: executor, tells: tells)
        resumption.tell(besides: suspects)
        let plan = try PlanVerb.plan(planRequest(call, resumption, isolating: suspects.nodes), with: opened)
        suspects.tell(plan)
        if validateOnly || dryRun {
            if cancellation.isCancelled { throw CancelledBeforeRun() }
            if let run { tell(run, try executor.decisions(of: plan, resuming: run)) }
            try printPlan(plan, executor)
            return
        }
        let summary = try executor.execute(plan, options(call, run, suspects.nodes, cancellation))
        suspects.end(summary, executor)
        try finish(summary)
    }

    /// What this call says.
    private var callRequest: RunRequest {
        RunRequest(
            environment: projectOptions.env,
            parameters: param.map { CommandLineParameter(node: $0.node, name: $0.name, text: $0.text) },
            hyperparameters: machineLearning.request.hyperparameters,
            modelVersion: machineLearning.modelVersion,
            selection: selection.request,
            isolation: isolation?.isolation
        )
    }

    private func planRequest(
        _ call: RunRequest,
        _ resumption: Resumption,
        isolating nodes: [String]
    ) -> PlanRequest {
        PlanRequest(
            pipeline: pipeline,
            startDate: projectOptions.startDate ?? resumption.dates.start,
            endDate: projectOptions.endDate ?? resumption.dates.end,
            parameters: call.parameters,
            selection: call.selection,
            isolation: call.isolation,
            isolatedNodes: Set(nodes),
            isToRun: !validateOnly && !dryRun,
            resumedRun: resumption.history?.record.id,
            machineLearning: MLRequest(hyperparameters: call.hyperparameters, modelVersion: call.modelVersion),
            callOptions: projectOptions.configuration.given
        )
    }

    private func options(
        _ call: RunRequest,
        _ run: String?,
        _ suspects: [String],
        _ cancellation: CancellationToken
    ) -> RunOptions {
        var options = RunOptions()
        options.maxWorkers = maxWorkers
        options.observers = [
            ConsoleObserver(console: .standard, mode: progressMode, level: logLevel.level)
        ]
        options.cancellation = cancellation
        options.crashes = CrashHandling(tells: true, earlierNodes: suspects) { Report.standard.findings([$0]) }
        options.request = call
        options.resumedRun = run
        options.decided = { decisions in if let run { tell(run, decisions) } }
        return options
    }

    private func tell(_ run: String, _ decisions: [(node: String, decision: ResumeDecision)]) {
        Report.standard.notes(ResumptionText.lines(run, decisions))
    }

    private var progressMode: ConsoleObserver.Mode {
        switch progress {
        case .auto: Console.standard.style(.error).isEnabled ? .bar : .plain
        case .plain: .plain
        case .none: .none
        }
    }

    private func printPlan(_ plan: ExecutionPlan, _ executor: BaseExecutor) throws {
        let console = Console.standard
        switch format {
        case .json:
            console.print(PlanDocument.document(plan).text(.pretty))
        case .text where dryRun:
            let text = PlanText(
                plan: plan,
                style: console.style(.output),
                directory: executor.context.projectDirectory
            )
            for line in text.lines() { console.print(line) }
        case .text:
            console.print("Pipeline '\(pipeline)' is valid: \(plan.nodes.count) nodes")
        }
    }

    private func finish(_ summary: RunSummary) throws {
        let console = Console.standard
        switch format {
        case .json: console.print(SummaryDocument.document(summary).text(.pretty))
        case .text:
            for line in SummaryText(style: console.style(.output)).lines(summary) { console.print(line) }
        }
        Report(console: console).failures(of: summary)
        let status = ExitStatus(summary)
        if summary.abandonedThreads > 0 {
            // Functions that nobody waits for still run: what the end of a process does would happen under them.
            CrashHandling.endOnPurpose()
            _exit(status.rawValue)
        }
        if status != .success { throw status }
    }

    private func printDocument(_ status: RunSummary.Status, because error: any Error) {
        let errors = SummaryDocument.errors(error, operation: "run")
        let document = SummaryDocument.document(notStarted: pipeline, status: status, because: errors)
        Console.standard.print(document.text(.pretty))
    }
}

/// A signal came before there was anything to cancel.
struct CancelledBeforeRun: Error, CustomStringConvertible {
    var description: String { "cancelled by a signal" }
}

/// `--isolation`.
enum IsolationOption: String, ExpressibleByArgument, CaseIterable {
    case inProcess = "in_process"
    case process

    var isolation: NodeIsolation {
        switch self {
        case .inProcess: .inProcess
        case .process: .process
        }
    }
}

/// `--progress`.
enum ProgressOption: String, ExpressibleByArgument, CaseIterable {
    case auto
    case plain
    case none
}

/// `--log-level`.
enum LogLevelOption: String, ExpressibleByArgument, CaseIterable {
    case debug
    case info
    case warning
    case error

    var level: LogLevel {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}

extension LogFormat: ExpressibleByArgument {}

extension Diagnostic {
    var isError: Bool { severity == .error }
}
