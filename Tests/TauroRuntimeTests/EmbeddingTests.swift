import Logging
import Synchronization
import TauroConfig
import TauroIO
import TauroModel
import TauroRuntime
import Testing

/// What programs that embed the engine see.
@Suite struct EmbeddingTests {
    private let project: RunningProject

    init() throws { project = try RunningProject() }

    @Test func pipelineIsRunAndWatched() throws {
        try project.hurry()
        let watcher = Watcher()
        let summary = try project.executor().executePipeline("p", maxWorkers: 2, observers: [watcher])
        #expect(summary.status == .completed && summary.maxWorkers == 2)
        #expect(summary.nodes.map(\.rows) == [4, 4, 1])
        #expect(summary.nodes.allSatisfy { $0.outputs.count == 1 })
        #expect(watcher.words.first == "run of numbers, slow, total")
        #expect(watcher.words.contains("slow: info passed on"))
        #expect(watcher.words.last == "run completed")
    }

    @Test func runIsWrittenToALogger() throws {
        try project.hurry()
        let records = Records()
        var logger = Logger(label: "test") { _ in records.handler }
        logger.logLevel = .info
        let summary = try project.executor().executePipeline("p", observers: [LoggingObserver(logger)])
        let all = records.all
        #expect(all.first == "info pipeline p: 3 nodes, at most \(summary.maxWorkers) at once run=\(summary.runID)")
        #expect(all.contains("info passed on attempt=1 node=slow run=\(summary.runID)"))
        #expect(all.contains("info completed, 4 rows attempt=1 node=numbers run=\(summary.runID)"))
        #expect(all.last == "info run completed run=\(summary.runID)")
        #expect(!all.contains { $0.hasPrefix("debug") })
    }

    @Test func whatPlanningWarnsOfIsTold() throws {
        let watcher = Watcher()
        let summary = try project.executor().executePipeline("w", observers: [watcher])
        #expect(summary.status == .completed)
        let warnings = watcher.words.filter { $0.hasPrefix("warned: ") }
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("nobody reads hyperparameter 'depth'") == true, "\(warnings)")
    }

    @Test func loggerGetsOnlyWhatItsLevelLetsThrough() throws {
        try project.hurry()
        let records = Records()
        var logger = Logger(label: "test") { _ in records.handler }
        logger.logLevel = .error
        _ = try project.executor().executePipeline("p", observers: [LoggingObserver(logger)])
        #expect(records.all.isEmpty)
    }

    @Test func stoppedRunGoesOn() throws {
        let executor = try project.executor()
        let stopped = try stoppedRun(executor)
        #expect(stopped.status == .cancelled)
        #expect(stopped.nodes.map(\.status) == [.completed, .cancelled, .cancelled])
        let watcher = Watcher()
        let summary = try executor.executePipeline("p", observers: [watcher], resuming: "last")
        #expect(summary.runID == stopped.runID && summary.status == .completed)
        #expect(summary.nodes[0].reason == "restored from \(stopped.runID)")
        #expect(!watcher.words.contains("numbers begins"))
    }

    @Test func runThatIsStoppedBeforeItBeginsRunsNothing() throws {
        let cancellation = CancellationToken()
        cancellation.cancel()
        let summary = try project.executor().executePipeline("p", cancellation: cancellation)
        #expect(summary.status == .cancelled)
        #expect(summary.nodes.map(\.status) == [.cancelled, .cancelled, .cancelled])
        #expect(summary.nodes[0].reason == "not run because the run was told to stop")
        #expect(!project.exists("out/numbers") && !project.exists("was-called"))
    }

    @Test func unknownPipelineIsNotRun() throws {
        let error = #expect(throws: ValidationError.self) { try project.executor().executePipeline("pp") }
        #expect(error?.message.contains("'pp'") == true)
        #expect(!project.exists(".tauro/runs"))
    }

    @Test(arguments: [
        (["slo"], "has no node 'slo'"), ([], "no node was named"),
        (["s*"], "'s*' is a pattern, not the name of a node"),
    ])
    func nodesMustBeNamed(names: [String], expected: String) throws {
        let nodes = try NodeExecutor(project.executor())
        let error = #expect(throws: ValidationError.self) { try nodes.executeNodesParallel(names, pipeline: "p") }
        #expect(error?.message.contains(expected) == true, "\(String(describing: error))")
    }

    @Test func runOfAnotherPipelineIsNotResumed() throws {
        let executor = try project.executor()
        let other = try executor.executePipeline("q")
        let error = #expect(throws: ConfigurationError.self) {
            try executor.executePipeline("p", resuming: other.runID)
        }
        #expect(error?.message.contains("was one of pipeline 'q', not of 'p'") == true)
        #expect(throws: ConfigurationError.self) { try executor.executePipeline("p", resuming: "last") }
        #expect(throws: ConfigurationError.self) { try executor.executePipeline("p", resuming: "no-such-run") }
    }

    @Test func oneRunHasOneHost() throws {
        let executor = try project.executor()
        let other = try project.executor()
        let cancellation = CancellationToken()
        let refusal = Mutex<String?>(nil)
        // While the slow node is under way, another executor wants the run.
        let rival = Observer { event in
            guard case .nodeReported("slow", _, _) = event.kind else { return }
            do {
                _ = try other.executePipeline("p", resuming: event.runID)
            } catch {
                refusal.withLock { $0 = "\(error)" }
            }
            cancellation.cancel()
        }
        let summary = try executor.executePipeline("p", observers: [rival], cancellation: cancellation)
        #expect(refusal.withLock { $0 }?.contains("another host has run '\(summary.runID)'") == true)
        #expect(summary.status == .cancelled)
    }

    @Test func oneNodeRunsOnWhatIsStored() throws {
        try project.hurry()
        let context = try Context.load(project: .directory(project.path))
        let nodes = try NodeExecutor(
            context: context,
            inputLoader: InputLoader(context: context),
            outputManager: DataOutputManager(context: context),
            maxWorkers: 1
        )
        // Nothing of 'slow' is stored yet.
        #expect(throws: ValidationError.self) { try nodes.executeSingleNode("total", pipeline: "p") }
        let both = try nodes.executeNodesParallel(["slow", "numbers"], pipeline: "p")
        #expect(both.nodes.map(\.name) == ["numbers", "slow"] && both.maxWorkers == 1)
        let total = try nodes.executeSingleNode("total", pipeline: "p", hyperparams: ["depth": 3, "name": "x"])
        #expect(total.status == .completed && total.rows == 1)
    }

    @Test func literalsAreValues() {
        let values: [String: ConfigValue] = ["a": 1, "b": 0.5, "c": true, "d": "text"]
        #expect(
            values.mapValues(\.content) == [
                "a": .integer(1), "b": .double(0.5), "c": .bool(true), "d": .string("text"),
            ]
        )
    }

    /// A run that was stopped while its second node ran.
    private func stoppedRun(_ executor: BaseExecutor) throws -> RunSummary {
        let cancellation = CancellationToken()
        let stopper = Observer { event in
            if case .nodeReported("slow", _, _) = event.kind { cancellation.cancel() }
        }
        return try executor.executePipeline("p", observers: [stopper], cancellation: cancellation)
    }
}

/// Hands events to a closure.
private struct Observer: RunObserver {
    let body: @Sendable (RunEvent) -> Void

    func observe(_ event: RunEvent) { body(event) }
}

/// Puts events into words.
private final class Watcher: RunObserver {
    private let seen = Mutex<[String]>([])

    var words: [String] { seen.withLock { $0 } }

    func observe(_ event: RunEvent) {
        let word: String? =
            switch event.kind {
            case .runStarted(_, let nodes, _): "run of \(nodes.joined(separator: ", "))"
            case .warned(let finding): "warned: \(finding.message)"
            case .nodeStarted(let node, _): "\(node) begins"
            case .nodeReported(let node, _, .log(let level, let text)): "\(node): \(level) \(text)"
            case .runFinished(let summary): "run \(summary.status.rawValue)"
            default: nil
            }
        if let word { seen.withLock { $0.append(word) } }
    }
}

/// Keeps what a logger is given, as `level message key=value…`.
private final class Records: Sendable {
    private struct Handler: LogHandler {
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        let records: Records

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let rest = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = (["\(event.level) \(event.message)"] + rest).joined(separator: " ")
            records.lines.withLock { $0.append(line) }
        }
    }

    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var handler: any LogHandler { Handler(records: self) }
}
