import TauroBasics
import TauroData
import TauroModel
import TauroPluginHost

/// What a call in a worker process costs, small and large, beside the least that two processes can do the same for.
struct WorkerBenchmark {
    private static let smallRuns = 10_000
    private static let smallBytes = 4096
    private static let largeBytes = 64 << 20
    private static let largeRuns = 21

    private let invoker: WorkerInvoker
    private let relay: NodeSignature

    /// Reads the notes of `plugin`, a file that is alone in its directory; `program` is `tauro-host`.
    init(plugin: String, program: String) throws {
        let catalog = PluginCatalog.discover([PluginDirectory(FilePath.parent(plugin), .settings)])
        guard let relay = catalog.signature(named: "bench.relay") else {
            throw BenchmarkError(text: "\(plugin) has no node 'bench.relay': \(catalog.refusals)")
        }
        self.relay = relay
        invoker = WorkerInvoker(
            fleet: WorkerFleet(program: program),
            sql: NoDatasets(),
            temporaryDirectory: "/nonexistent",
            delivery: { frame, _, _ in frame }
        )
    }

    /// Prints nanoseconds: of a small call and a bare round trip, of a large call and two bare copies.
    ///
    /// This process has one processor and those it talks to have another: where the system puts them would decide
    /// more than what is measured.
    func run() throws {
        Processor.choose(Processor.all.last)
        let echo = try Echo(bytes: Self.smallBytes, copying: Self.largeBytes)
        defer { echo.end() }
        let values = try Self.values(bytes: Self.smallBytes)
        try call(Frame(schema: values.schema, batches: [values]))
        Processor.choose(Processor.all.first)
        let figures: JSONValue = [
            "small": .double(
                try Stopwatch.nanoseconds(runs: Self.smallRuns) {
                    try call(Frame(schema: values.schema, batches: [values]))
                }
            ),
            "round_trip": .double(try Stopwatch.nanoseconds(runs: Self.smallRuns) { try echo.roundTrip() }),
            "large": .double(try large()),
            "copies": .double(try copies(echo)),
        ]
        print(figures.text())
    }

    private func large() throws -> Double {
        let values = try Self.values(bytes: Self.largeBytes)
        return try Stopwatch.nanoseconds(runs: Self.largeRuns, blocks: Self.largeRuns) {
            // A new frame each time, so that its memory is made each time.
            try call(Frame(schema: values.schema, batches: [values]))
        }
    }

    /// A copy here and one in the other process, each into memory that is new: no exchange can do with less.
    private func copies(_ echo: Echo) throws -> Double {
        let source = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.largeBytes, alignment: 64)
        defer { source.deallocate() }
        source.initializeMemory(as: UInt8.self, repeating: 1)
        return try Stopwatch.nanoseconds(runs: Self.largeRuns, blocks: Self.largeRuns) {
            _ = try SealedMemory("tauro-bench", [UnsafeRawBufferPointer(source)])
            try echo.copy()
        }
    }

    private func call(_ frame: Frame) throws {
        let invocation = NodeInvocation(
            signature: relay,
            node: "step",
            runID: "bench",
            inputs: [.frame(frame)],
            dates: DateWindow(),
            parameters: [],
            execution: PlannedExecution(ExecutionSettings(isolation: .process))
        )
        guard case .frame(let result) = try invoker.invoke(invocation), result.rowCount == frame.rowCount else {
            throw BenchmarkError(text: "bench.relay lost its result")
        }
    }

    private static func values(bytes: Int) throws -> RecordBatch {
        let column = try ArrowColumn((0..<bytes / 8).map { Int64($0) as Int64? })
        return try RecordBatch(columns: [(name: "value", column: column)])
    }
}
