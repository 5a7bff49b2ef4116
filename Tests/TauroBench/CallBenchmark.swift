import TauroBasics
import TauroData
import TauroExecution
import TauroModel
import TauroPluginHost

/// What a call of a node costs through the whole command path, beside the same function called through its pointer and
/// through libffi.
struct CallBenchmark {
    private static let runs = 1_000_000

    private let plugin: String
    private let catalog: PluginCatalog

    /// Reads the notes of `plugin`, a file that is alone in its directory.
    init(plugin: String) {
        self.plugin = plugin
        self.catalog = .discover([PluginDirectory(FilePath.parent(plugin), .settings)])
    }

    /// Prints nanoseconds a call.
    func run() throws {
        let bare = try BareCalls(plugin: plugin, symbol: "bench_nothing")
        let figures: JSONValue = [
            "bare": .double(bare.pointer(runs: CallBenchmark.runs)),
            "libffi": .double(bare.libffi(runs: CallBenchmark.runs)),
            "nothing": .double(try commandPath("bench.nothing")),
            "recorded": .double(try recorded("bench.nothing")),
            "frame": .double(try commandPath("bench.pass_frame", input: try CallBenchmark.frame())),
            "parameters": .double(try commandPath("bench.parameters")),
        ]
        print(figures.text())
    }

    /// Nanoseconds a call of `function`, which returns its input or nothing.
    func commandPath(_ function: String, input: Frame? = nil, record: CallRecord? = nil) throws -> Double {
        let invoker = PluginInvoker(
            sql: NoDatasets(),
            temporaryDirectory: "/nonexistent",
            record: record,
            delivery: { frame, _, _ in frame }
        )
        let executor = AttemptExecutor(
            invoker: invoker,
            loader: NoDatasets(),
            writer: NoDatasets(),
            contracts: NoDatasets()
        )
        let plan = try plan(function)
        guard let node = plan.nodes.last else { throw BenchmarkError(text: "no plan for \(function)") }
        let results: [Int: Dataset] = input.map { [0: .frame($0)] } ?? [:]
        let run = AttemptExecutor.Run(
            id: "2026-01-01T00-00-00-bench",
            plan: plan,
            modelVersion: nil,
            engine: "duckdb",
            cancellation: CancellationToken()
        )
        return try Stopwatch.nanoseconds(runs: CallBenchmark.runs) {
            let result = try executor.compute(node, in: run, results: results, attempt: 1) { _ in
            } checked: { _ in
            }
            guard result == nil || input != nil else { throw BenchmarkError(text: "\(function) lost its result") }
        }
    }

    /// A plan whose last node calls `function` with the default of each parameter.
    private func plan(_ function: String) throws -> ExecutionPlan {
        guard let signature = catalog.signature(named: function) else {
            throw BenchmarkError(text: "\(plugin) has no node '\(function)': \(catalog.refusals)")
        }
        let node = PlannedNode(
            definition: NodeDefinition(name: "step", function: Located(function)),
            signature: signature,
            inputs: signature.inputs.map { .result(node: 0, id: $0.name) },
            parameters: signature.parameters.compactMap { parameter in
                parameter.defaultValue.map { BoundParameter(name: parameter.name, value: $0, origin: .default) }
            },
            outputs: [],
            dependencies: [],
            orderedAfter: [],
            dependents: [],
            pathLength: 1,
            level: 0
        )
        return ExecutionPlan(
            pipeline: PipelineDefinition(name: "bench", nodes: [Located("step")]),
            nodes: [node],
            dates: DateWindow(start: "2026-01-01", end: "2026-12-31")
        )
    }

    /// With a record as a run on the command line keeps it, in the directory of the plugin.
    private func recorded(_ function: String) throws -> Double {
        let run = CallRecord.Run(
            id: "bench",
            pipeline: "bench",
            startedAt: SystemWallClock().wallTime(),
            workers: 1,
            earlierNodes: []
        )
        let project = FilePath.parent(plugin)
        let record = try CallRecord(
            run,
            project: project,
            temporaryPath: FilePath.join(project, "record"),
            tellsCrashes: true
        )
        defer { record.close() }
        return try commandPath(function, record: record)
    }

    private static func frame() throws -> Frame { try HandingBenchmark.frame(rows: 512, batches: 1) }
}
