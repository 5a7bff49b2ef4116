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
    /// How often it was tried.
    public package(set) var attempts = 0
    /// When its last attempt started, ISO 8601 UTC.
    public var startedAt: String? { start?.description }
    /// When its last attempt started.
    package var start: Timestamp?
    /// How long its last attempt took, loading and storing included.
    public package(set) var durationSeconds: Double?
    /// How many rows it returned; nil for an artifact or nothing.
    public package(set) var rows: Int64?
    /// The last value of each metric it reported.
    public package(set) var metrics: [String: Double] = [:]
    /// What came of the checks of what it read and returned, in the order they were made.
    public package(set) var checks: [CheckResult] = []
    /// What it stored.
    public package(set) var outputs: [OutputRecord] = []
    /// Why it never ran, if it did not.
    public package(set) var reason: String?
    /// Why it failed, if it did.
    public package(set) var error: (any ExecutionError)?

    package init(name: String) {
        self.name = name
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
