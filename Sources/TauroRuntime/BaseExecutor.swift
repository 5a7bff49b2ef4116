import TauroBasics
import TauroConfig
package import TauroEngine
import TauroExecution
public import TauroIO
public import TauroModel
import TauroPluginHost
import TauroState

/// Runs pipelines: the highest level of the engine, and what a program that embeds it uses.
///
/// Safe from any thread. Nothing is loaded until it is needed: plugins at a node's first call, the engine at the first
/// query or file.
public final class BaseExecutor: Sendable {
    /// The project.
    public let context: Context
    /// Opens datasets.
    public let inputLoader: InputLoader
    /// Stores results.
    public let outputManager: DataOutputManager

    let engine: any Engine
    private let catalog: PluginCatalog
    private let clock = RunClock()
    private let fleet: WorkerFleet

    /// Creates an executor for a project on the embedded engine.
    ///
    /// Plugins are found before anything else, by what the context and the environment say.
    ///
    /// - Parameters:
    ///   - context: the project.
    ///   - ignoringEnvironmentPaths: whether directories, libraries and programs that environment variables name count for
    ///     nothing.
    /// - Throws: `ConfigurationError` when plugin directories can not be searched, or the lock can not be used.
    public convenience init(context: Context, ignoringEnvironmentPaths: Bool = false) throws {
        try self.init(
            context: context,
            inputLoader: InputLoader(context: context, ignoringEnvironmentPaths: ignoringEnvironmentPaths),
            outputManager: DataOutputManager(context: context, ignoringEnvironmentPaths: ignoringEnvironmentPaths),
            ignoringEnvironmentPaths: ignoringEnvironmentPaths
        )
    }

    /// Creates an executor for a project on the parts that read and store its data; SQL runs on the engine of the loader.
    ///
    /// - Parameters:
    ///   - context: the project.
    ///   - inputLoader: opens datasets.
    ///   - outputManager: stores results.
    ///   - ignoringEnvironmentPaths: whether directories, libraries and programs that environment variables name count for
    ///     nothing.
    /// - Throws: `ConfigurationError` when plugin directories can not be searched, or the lock can not be used.
    public init(
        context: Context,
        inputLoader: InputLoader,
        outputManager: DataOutputManager,
        ignoringEnvironmentPaths: Bool = false
    ) throws {
        self.context = context
        engine = inputLoader.base
        self.inputLoader = inputLoader
        self.outputManager = outputManager
        self.fleet = WorkerFleet(program: HostInstallation.program(ignoringEnvironment: ignoringEnvironmentPaths))
        let plugins = try FoundPlugins(
            project: context.projectDirectory,
            settings: context.globalSettings,
            ignoringEnvironmentPaths: ignoringEnvironmentPaths
        )
        try plugins.checkDirectories()
        self.catalog = plugins.catalog
        temporaryDirectories.sweep()
        // A run's record is always made in the project, where it stays.
        if context.globalSettings.temporaryDirectory != nil {
            TemporaryDirectories(project: context.projectDirectory).sweep()
        }
    }

    /// Resolves a request against the project and its plugins; loads and runs nothing.
    package func plan(_ request: PlanRequest) -> PlanResult {
        var builder = PlanBuilder(context: context, signatures: catalog, datasets: self, request: request)
        return builder.build()
    }

    /// Checks one pipeline, or the whole project if none is named; `dates` and `callOptions` are those of the call.
    package func validate(_ pipeline: String?, dates: DateWindow, callOptions: [String] = []) -> ValidationOutcome {
        let validator = ProjectValidator(
            context: context,
            signatures: catalog,
            datasets: self,
            dates: dates,
            callOptions: callOptions
        )
        return validator.validate(pipeline)
    }

    /// Runs a plan to its end.
    ///
    /// - Throws: `ResourceError` where the run's directory or journal can not be written, or another host has the run that is
    ///   to be resumed; `ValidationError` where it can not be resumed so.
    package func execute(_ plan: ExecutionPlan, _ options: RunOptions = RunOptions()) throws -> RunSummary {
        // A run that can not go on stops its nodes; that is no reason for its caller to think that somebody cancelled it.
        let cancellation = CancellationToken()
        return try options.cancellation.withHandler {
            cancellation.cancel()
        } _: {
            try execute(plan, options, cancellation)
        }
    }

    private func execute(
        _ plan: ExecutionPlan,
        _ options: RunOptions,
        _ cancellation: CancellationToken
    ) throws -> RunSummary {
        let startedAt = clock.wall.wallTime()
        let workers = options.maxWorkers ?? plan.pipeline.maxWorkers ?? context.globalSettings.maxWorkers
        try temporaryDirectories.check()
        let prepared = try prepare(plan, options, workers: workers, at: startedAt)
        let run = AttemptExecutor.Run(
            id: prepared.id,
            plan: plan,
            modelVersion: plan.modelVersion,
            engine: engine.name,
            cancellation: cancellation
        )
        let log = try? RunLogFile(prepared.directory)
        let observers = options.observers + [log].compactMap { $0 as (any RunObserver)? }
        let events = try RunEventBus(runID: run.id, clock: clock.wall, observers: observers)
        defer { events.drain() }
        let temporary = TemporaryDirectory(temporaryDirectories)
        defer { temporary.remove() }
        let record = callRecord(of: run, startedAt, workers: workers, options.crashes)
        defer { record?.close() }
        var parts = PipelineRunner.Parts(
            run: run,
            executor: nodeExecutor(of: run.id, temporary.path, record),
            events: events,
            clock: clock,
            maxWorkers: workers
        )
        parts.memory = FrameMemory(limit: MemoryShares(context.globalSettings).frames, directory: temporary.path)
        parts.nodeMemory = context.globalSettings.memoryLimit ?? MachineResources.usableMemory
        parts.journal = prepared.journal
        parts.resumption = prepared.resumption
        parts.pathCosts = pathCosts(plan, workers: workers)
        parts.warnings = options.warnings
        return try PipelineRunner(parts).execute()
    }

    private var temporaryDirectories: TemporaryDirectories {
        TemporaryDirectories(project: context.projectDirectory, chosen: context.globalSettings.temporaryDirectory)
    }

    private func nodeExecutor(
        of run: String,
        _ temporaryDirectory: String,
        _ record: CallRecord?
    ) -> AttemptExecutor {
        let delivery: FrameDelivery = { [engine] frame, spool, cancellation in
            try engine.deliverable(frame, spool: spool, cancellation: cancellation)
        }
        let invoker = IsolatingInvoker(
            inProcess: PluginInvoker(
                sql: engine,
                temporaryDirectory: temporaryDirectory,
                record: record,
                delivery: delivery
            ),
            workers: WorkerInvoker(
                fleet: fleet,
                sql: engine,
                temporaryDirectory: temporaryDirectory,
                delivery: delivery
            )
        )
        return AttemptExecutor(
            invoker: invoker,
            loader: inputLoader,
            writer: outputManager,
            contracts: ContractChecker(sql: engine),
            clock: clock.wall,
            copies: ResultCopying(
                keeper: copies(of: run),
                writer: outputManager,
                limit: context.globalSettings.keepResults
            ),
            storesUnread: outputManager.storesUnread
        )
    }
}

extension BaseExecutor: DatasetChecker {
    package func check(_ input: PlannedInput, as kind: NodeSignature.Input.Kind) -> InputFindings {
        switch input {
        case .source(let dataset): inputLoader.check(dataset, isStored: false, as: kind)
        case .stored(let dataset): inputLoader.check(dataset, isStored: true, as: kind)
        case .result: InputFindings()
        }
    }

    package func check(output: DatasetDefinition, commit: CommitIdentity?) -> [Diagnostic] {
        outputManager.check(output, commit: commit)
    }

    package func check(description dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] {
        inputLoader.check(description: dataset, isInput: isInput)
    }

    package func resource(of dataset: DatasetDefinition) -> String? { inputLoader.resource(of: dataset) }

    package func datasets(readBy dataset: DatasetDefinition) -> [PlannedInput] {
        inputLoader.datasets(readBy: dataset)
    }
}

extension BaseExecutor {
    /// A project that was opened, with what was found in its files.
    package struct Opened {
        package let executor: BaseExecutor
        package let findings: [Diagnostic]

        /// What was found in the files and what was found afterwards, each place with an error only once.
        package func findings(with others: [Diagnostic]) -> [Diagnostic] {
            let known = Set(findings.filter { $0.severity == .error }.compactMap(\.location))
            let news = others.filter { finding in finding.location.map { !known.contains($0) } ?? true }
            return (findings + news).sortedByPlace()
        }
    }

    /// Loads a project's configuration from its directory, or from one file.
    ///
    /// - Throws: `ConfigurationError` with every finding.
    package static func open(
        project: String,
        environment: String?,
        dates: DateWindow,
        ignoringEnvironmentPaths: Bool = false
    ) throws -> Opened {
        let opened = try openToCheck(
            project: project,
            environment: environment,
            dates: dates,
            ignoringEnvironmentPaths: ignoringEnvironmentPaths
        )
        if opened.findings.contains(where: { $0.severity == .error }) {
            throw ConfigurationError(operation: "load the project \(project)", diagnostics: opened.findings)
        }
        return opened
    }

    /// Loads a project's configuration to check it, and opens it even if something in it is wrong, as far as it could be
    /// read; then errors are among the findings.
    ///
    /// - Throws: `ConfigurationError` with every finding where nothing more can be checked.
    package static func openToCheck(
        project: String,
        environment: String?,
        dates: DateWindow,
        ignoringEnvironmentPaths: Bool = false
    ) throws -> Opened {
        let loaded = ConfigLoader.load(
            project: try location(project),
            environment: environment,
            dates: dates,
            environmentVariables: ProcessEnvironment.variables()
        )
        guard let context = loaded.context ?? loaded.partial else {
            throw ConfigurationError(operation: "load the project \(project)", diagnostics: loaded.diagnostics)
        }
        do {
            let executor = try BaseExecutor(context: context, ignoringEnvironmentPaths: ignoringEnvironmentPaths)
            return Opened(executor: executor, findings: loaded.diagnostics)
        } catch let error as ConfigurationError where loaded.context == nil {
            let findings = (loaded.diagnostics + error.diagnostics).sortedByPlace()
            throw ConfigurationError(operation: error.operation, diagnostics: findings)
        }
    }

    /// The embedded engine as the host uses it; nothing is loaded yet.
    ///
    /// A program that was not built in a checkout of this package names one whose parts it uses too.
    package static func embeddedEngine(
        project: String,
        checkout: String? = nil,
        settings: GlobalSettings? = nil,
        ignoringEnvironmentPaths: Bool = false
    ) -> DuckDBEngine {
        let memory = MemoryShares(settings)
        let directories = TemporaryDirectories(project: project, chosen: settings?.temporaryDirectory)
        let temporary = TemporaryDirectory(directories)
        return HostInstallation.engine(
            project: project,
            checkout: checkout,
            threads: memory.threads(processors: Processors.count),
            memoryLimit: memory.engine,
            temporaryDirectory: {
                directories.sweep()
                return temporary.path
            },
            ignoringEnvironment: ignoringEnvironmentPaths
        )
    }

    /// A project's directory, or the one file that holds all of it.
    static func location(_ project: String) throws -> ProjectLocation {
        let path = try absolute(project)
        if case .file? = try? FileSystem.kind(of: path) { return .file(path) }
        return .directory(path)
    }

    static func absolute(_ path: String) throws -> String {
        FilePath.absolute(path, from: try FileSystem.workingDirectory())
    }
}
