import Glibc
import TauroBasics
import TauroExecution
import TauroModel
import TauroState

/// What a node costs besides what its function does: plans of nodes that do nothing, run as a pipeline is.
struct SchedulerBenchmark {
    /// Where a run remembers what it did.
    enum Tier: String {
        case memory
        /// In a journal that outlives the process.
        case journal
        /// In a journal that outlives a loss of power.
        case power
    }

    /// About how many nodes are run, over all rounds.
    private static let nodesInAll = 300_000
    private static let mostRounds = 100
    private static let leastRounds = 3

    private let plan: ExecutionPlan
    private let tier: Tier
    private let workers: Int
    private let emptyBytes = Self.peakBytes()

    /// Makes the plan; `words` are the graph's shape, its number of nodes, the tier and the number of workers.
    init(_ words: ArraySlice<String>) throws {
        let words = Array(words)
        guard let tier = Tier(rawValue: words[2]), let workers = Int(words[3]), workers > 0 else {
            throw BenchmarkError(text: "no tier and number of workers: \(words[2]) \(words[3])")
        }
        plan = Self.plan(try Self.dependencies(words[0], words[1]))
        self.tier = tier
        self.workers = workers
    }

    /// Prints the nodes that each node waits for, one line a node.
    static func printGraph(_ words: ArraySlice<String>) throws {
        let words = Array(words)
        for sources in try dependencies(words[0], words[1]) {
            print(sources.map(String.init).joined(separator: " "))
        }
    }

    private static func dependencies(_ shape: String, _ count: String) throws -> [[Int]] {
        guard let shape = GraphShape(rawValue: shape), let count = Int(count), count > 2 else {
            let shapes = GraphShape.allCases.map(\.rawValue).joined(separator: ", ")
            throw BenchmarkError(text: "no graph of a shape (\(shapes)) with more than two nodes: \(shape) \(count)")
        }
        return shape.dependencies(count: count)
    }

    /// Prints nanoseconds a node, and bytes of memory at the peak.
    ///
    /// `wall` is what a run takes from its plan to its summary, `engine` what it says of its own share, `processor` what its
    /// threads took of processors, which other work on the machine spoils least.
    func run() throws {
        let planBytes = Self.peakBytes()
        var wall: [Double] = []
        var engine: [Double] = []
        let nodes = Double(plan.nodes.count)
        let rounds = min(max(Self.nodesInAll / plan.nodes.count, Self.leastRounds), Self.mostRounds)
        var peakBytes = 0
        let usedBefore = Self.processorNanoseconds()
        for round in 0..<rounds {
            let summary = try runOnce(round)
            wall.append(summary.durationSeconds * 1e9 / nodes)
            engine.append(summary.engineSeconds * 1e9 / nodes)
            if round == 0 { peakBytes = Self.peakBytes() }
        }
        let used = Self.processorNanoseconds() - usedBefore
        let figures: JSONValue = [
            "nodes": .integer(Int64(plan.nodes.count)),
            "workers": .integer(Int64(workers)),
            "rounds": .integer(Int64(rounds)),
            "wall": .double(wall.sorted()[rounds / 2]),
            "engine": .double(engine.sorted()[rounds / 2]),
            "processor": .double(Double(used) / nodes / Double(rounds)),
            "plan_bytes": .integer(Int64(planBytes - emptyBytes)),
            "peak_bytes": .integer(Int64(peakBytes)),
        ]
        print(figures.text())
    }

    private func runOnce(_ round: Int) throws -> RunSummary {
        let clock = RunClock()
        let events = try RunEventBus(runID: "bench", clock: clock.wall, observers: [])
        let executor = AttemptExecutor(
            invoker: DoesNothing(),
            loader: NoDatasets(),
            writer: NoDatasets(),
            contracts: NoDatasets()
        )
        let run = AttemptExecutor.Run(
            id: "bench",
            plan: plan,
            modelVersion: nil,
            engine: "none",
            cancellation: CancellationToken()
        )
        var parts = PipelineRunner.Parts(
            run: run,
            executor: executor,
            events: events,
            clock: clock,
            maxWorkers: workers
        )
        let path = "tauro-bench-\(getpid())-\(round).journal"
        if tier != .memory {
            guard let file = try AppendFile(path, making: true) else { throw BenchmarkError(text: "\(path) is in use") }
            parts.journal = try JournalFile.open(file, durability: tier == .power ? .power : .process).journal
        }
        defer { if tier != .memory { unlink(path) } }
        let summary = try PipelineRunner(parts).execute()
        guard summary.status == .completed else { throw BenchmarkError(text: "a node that does nothing failed") }
        return summary
    }

    /// An empty list for each node, with room for those that wait for it and no more, as in plans that are made from files.
    private static func noDependents(of dependencies: [[Int]]) -> [[Int]] {
        var counts = [Int](repeating: 0, count: dependencies.count)
        for sources in dependencies { for source in sources { counts[source] += 1 } }
        return counts.map { count in
            var list: [Int] = []
            list.reserveCapacity(count)
            return list
        }
    }

    private static func plan(_ dependencies: [[Int]]) -> ExecutionPlan {
        var dependents = noDependents(of: dependencies)
        var levels = [Int](repeating: 0, count: dependencies.count)
        for (node, sources) in dependencies.enumerated() {
            for source in sources {
                dependents[source].append(node)
                levels[node] = max(levels[node], levels[source] + 1)
            }
        }
        var lengths = [Int](repeating: 1, count: dependencies.count)
        for node in dependencies.indices.reversed() {
            for target in dependents[node] { lengths[node] = max(lengths[node], lengths[target] + 1) }
        }
        let function = Located("bench.nothing")
        let plugin = NodeSignature.Plugin(path: "/nonexistent", name: "bench", version: "1", isSerial: false)
        let signature = NodeSignature(name: function.value, symbol: "nothing", result: .nothing, plugin: plugin)
        let execution = PlannedExecution()
        let nodes = dependencies.indices.map { node in
            PlannedNode(
                definition: NodeDefinition(name: "node-\(node)", function: function),
                signature: signature,
                inputs: [],
                parameters: [],
                execution: execution,
                outputs: [],
                dependencies: dependencies[node],
                orderedAfter: dependencies[node],
                dependents: dependents[node],
                pathLength: lengths[node],
                level: levels[node]
            )
        }
        return ExecutionPlan(pipeline: PipelineDefinition(name: "bench", nodes: []), nodes: nodes, dates: DateWindow())
    }

    /// The most memory that this process had at once.
    private static func peakBytes() -> Int { usage().ru_maxrss << 10 }

    /// What the threads of this process took of processors, together.
    private static func processorNanoseconds() -> Int {
        let usage = usage()
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + $1.tv_sec * 1_000_000_000 + Int($1.tv_usec) * 1000 }
    }

    private static func usage() -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }
}

/// Calls nothing.
private struct DoesNothing: NodeInvoker {
    func invoke(_ invocation: NodeInvocation) throws -> Dataset? { nil }
}
