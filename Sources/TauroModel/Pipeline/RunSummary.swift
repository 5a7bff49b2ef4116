package import TauroBasics

/// What became of a run.
///
/// `run --format json` prints it.
public struct RunSummary: Sendable {
    /// How a run ended.
    public enum Status: String, Sendable {
        case completed
        case failed
        case cancelled
    }

    /// The run's id.
    public let runID: String
    /// The pipeline's name.
    public let pipeline: String
    /// What kind of pipeline it is.
    public let kind: PipelineDefinition.Kind
    /// How the run ended.
    public let status: Status
    /// The engine's name, for example `duckdb`.
    public let engine: String
    /// The days the run covered.
    public let dates: DateWindow
    /// When it started, ISO 8601 UTC.
    public let startedAt: String
    /// When it finished, ISO 8601 UTC.
    public let finishedAt: String
    /// How long it took.
    public let durationSeconds: Double
    /// How many nodes could run at once.
    public let maxWorkers: Int
    /// The most bytes of memory that the frames of the run held at once; columns that frames share count once.
    public let peakFrameBytes: Int64
    /// How many bytes of frames were written to disk, because memory had no room for them.
    public let spooledFrameBytes: Int64
    /// How long the host itself took besides what ran inside of nodes, in seconds, added up over its threads.
    public let engineSeconds: Double
    /// How many threads were left behind in functions that did not stop when their time was over.
    public let abandonedThreads: Int
    /// The circuit breaker that is most out of order; nil where the run has none.
    public let circuitBreaker: BreakerSummary?
    /// What became of each node, in execution order.
    public let nodes: [NodeSummary]

    package init(
        runID: String,
        pipeline: String,
        kind: PipelineDefinition.Kind,
        status: Status,
        engine: String,
        dates: DateWindow,
        startedAt: String,
        finishedAt: String,
        durationSeconds: Double,
        maxWorkers: Int,
        peakFrameBytes: Int64,
        spooledFrameBytes: Int64 = 0,
        engineSeconds: Double = 0,
        abandonedThreads: Int = 0,
        circuitBreaker: BreakerSummary? = nil,
        nodes: [NodeSummary]
    ) {
        self.runID = runID
        self.pipeline = pipeline
        self.kind = kind
        self.status = status
        self.engine = engine
        self.dates = dates
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.durationSeconds = durationSeconds
        self.maxWorkers = maxWorkers
        self.peakFrameBytes = peakFrameBytes
        self.spooledFrameBytes = spooledFrameBytes
        self.engineSeconds = engineSeconds
        self.abandonedThreads = abandonedThreads
        self.circuitBreaker = circuitBreaker
        self.nodes = nodes
    }

    /// The errors of the nodes that failed, in execution order.
    public var errors: [any ExecutionError] { nodes.compactMap(\.error) }
}

/// Where the circuit breaker of a resource stands.
public struct BreakerSummary: Sendable, Hashable {
    /// The resource that it guards.
    public let resource: String
    /// Where it stands.
    public let state: BreakerState
    /// How many failures in a row it has counted.
    public let failures: Int

    package init(resource: String, state: BreakerState, failures: Int) {
        self.resource = resource
        self.state = state
        self.failures = failures
    }
}

/// What became of one node.
public struct NodeSummary: Sendable {
    /// The node's name.
    public let name: String
    /// Where it stands.
    public package(set) var status: NodeStatus = .pending
    private var attemptCount: UInt32 = 0
    // A million of them are held at once: what is not there yet takes no place of its own.
    private var startMilliseconds = Int64.min
    private var seconds = Double.nan
    private var details: Details?

    package init(name: String) {
        self.name = name
    }

    /// How often it was tried.
    public package(set) var attempts: Int {
        get { Int(attemptCount) }
        set { attemptCount = UInt32(clamping: newValue) }
    }
    /// When its last attempt started.
    package var start: Timestamp? {
        get { startMilliseconds == .min ? nil : Timestamp(millisecondsSinceEpoch: startMilliseconds) }
        set { startMilliseconds = newValue?.millisecondsSinceEpoch ?? .min }
    }
    /// How long its last attempt took, loading and storing included.
    public package(set) var durationSeconds: Double? {
        get { seconds.isNaN ? nil : seconds }
        set { seconds = newValue ?? .nan }
    }
    /// When its last attempt started, ISO 8601 UTC.
    public var startedAt: String? { start?.description }
    /// How many rows it returned; nil for an artifact or nothing.
    public package(set) var rows: Int64? {
        get { details?.contents.rows }
        set { change(isNews: newValue != nil || rows != nil) { $0.rows = newValue } }
    }
    /// The last value of each metric it reported.
    public package(set) var metrics: [String: Double] {
        get { details?.contents.metrics ?? [:] }
        set { change(isNews: !newValue.isEmpty || !metrics.isEmpty) { $0.metrics = newValue } }
    }
    /// What came of the checks of what it read and returned, in the order they were made.
    public package(set) var checks: [CheckResult] {
        get { details?.contents.checks ?? [] }
        set { change(isNews: !newValue.isEmpty || !checks.isEmpty) { $0.checks = newValue } }
    }
    /// What it stored.
    public package(set) var outputs: [OutputRecord] {
        get { details?.contents.outputs ?? [] }
        set { change(isNews: !newValue.isEmpty || !outputs.isEmpty) { $0.outputs = newValue } }
    }
    /// Why it never ran, if it did not.
    public package(set) var reason: String? {
        get { details?.contents.reason }
        set { change(isNews: newValue != nil || reason != nil) { $0.reason = newValue } }
    }
    /// Why it failed, if it did.
    public package(set) var error: (any ExecutionError)? {
        get { details?.contents.error }
        set { change(isNews: newValue != nil || error != nil) { $0.error = newValue } }
    }

    /// Changes details, which are made only for what is said.
    private mutating func change(isNews: Bool, _ edit: (inout Contents) -> Void) {
        guard isNews else { return }
        var contents = details?.contents ?? Contents()
        edit(&contents)
        details = Details(contents)
    }
}

extension NodeSummary {
    /// What there is to say of few nodes of a large pipeline, or only at their ends.
    private struct Contents: Sendable {
        var rows: Int64?
        var metrics: [String: Double] = [:]
        var checks: [CheckResult] = []
        var outputs: [OutputRecord] = []
        var reason: String?
        var error: (any ExecutionError)?
    }

    private final class Details: Sendable {
        let contents: Contents

        init(_ contents: Contents) { self.contents = contents }
    }
}

/// Where a node stands.
public enum NodeStatus: String, Sendable, CaseIterable {
    case pending
    case running
    case completed
    case failed
    case retrying
    case cancelled
}

/// One dataset that a node stored.
public struct OutputRecord: Sendable, Hashable {
    /// The output id.
    public let id: String
    /// The format's name.
    public let format: String
    /// Absolute directory that holds it.
    public let path: String
    /// How many rows were stored; nil for an artifact.
    public let rows: Int64?
    /// How many bytes its files have.
    public let bytes: Int64
    /// How many files there are.
    public let files: Int

    package init(id: String, format: String, path: String, rows: Int64?, bytes: Int64, files: Int) {
        self.id = id
        self.format = format
        self.path = path
        self.rows = rows
        self.bytes = bytes
        self.files = files
    }
}
