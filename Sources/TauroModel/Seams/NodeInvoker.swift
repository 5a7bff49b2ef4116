/// One call of one node function, with everything it needs.
///
/// An object, so that handing it on costs one reference.
package final class NodeInvocation: Sendable {
    /// The function to call.
    package let signature: NodeSignature
    /// The node's name in the project.
    package let node: String
    /// The run it belongs to.
    package let runID: String
    /// 1 for the first try.
    package let attempt: Int
    /// One dataset for each input of the signature, and for `frames` all that are left.
    package let inputs: [Dataset]
    /// The days of the run.
    package let dates: DateWindow
    /// One value for each parameter of the signature, in its order.
    package let parameters: [ParameterValue]
    /// The ML context, if the run has one for this node.
    package let ml: MLContext?
    /// Told to stop through this.
    package let cancellation: CancellationToken
    /// Where and how long the function runs.
    package let execution: PlannedExecution
    /// When the call should be done, in nanoseconds of CLOCK_MONOTONIC; nil without a deadline.
    package let deadline: Int64?
    /// Where rows go that memory has no room for; nil keeps them in memory.
    package let spool: FrameSpool?
    /// Where the function's log lines, metrics and progress go.
    ///
    /// Called from any thread.
    package let report: @Sendable (NodeReport) -> Void

    package init(
        signature: NodeSignature,
        node: String,
        runID: String,
        attempt: Int = 1,
        inputs: [Dataset],
        dates: DateWindow,
        parameters: [ParameterValue],
        ml: MLContext? = nil,
        cancellation: CancellationToken = CancellationToken(),
        execution: PlannedExecution = PlannedExecution(),
        deadline: Int64? = nil,
        spool: FrameSpool? = nil,
        report: @escaping @Sendable (NodeReport) -> Void = { _ in }
    ) {
        self.signature = signature
        self.node = node
        self.runID = runID
        self.attempt = attempt
        self.inputs = inputs
        self.dates = dates
        self.parameters = parameters
        self.ml = ml
        self.cancellation = cancellation
        self.execution = execution
        self.deadline = deadline
        self.spool = spool
        self.report = report
    }

    /// The same call with an ML context.
    package func with(_ ml: MLContext) -> NodeInvocation {
        NodeInvocation(
            signature: signature,
            node: node,
            runID: runID,
            attempt: attempt,
            inputs: inputs,
            dates: dates,
            parameters: parameters,
            ml: ml,
            cancellation: cancellation,
            execution: execution,
            deadline: deadline,
            spool: spool,
            report: report
        )
    }
}

/// Something a running node tells.
public enum NodeReport: Sendable {
    /// A line for its log.
    case log(level: LogLevel, text: String)
    /// The value of a metric.
    case metric(name: String, value: Double)
    /// `fraction` is 0 to 1, or nil when it is not known.
    case progress(fraction: Double?, text: String?)
}

/// How important a log line is.
///
/// Raw values are those of the C ABI.
public enum LogLevel: Int32, Sendable, CaseIterable, Comparable {
    /// For whoever looks for a fault.
    case debug = 0
    /// For whoever watches.
    case info = 1
    /// Something may be wrong.
    case warning = 2
    /// Something is wrong.
    case error = 3

    /// Whether one is less important than the other.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// The machine-learning context of one call.
package struct MLContext: Sendable {
    /// The merged hyperparameters.
    package let hyperparameters: [String: ConfigValue]
    /// The whole context as one JSON object.
    package let json: String

    package init(hyperparameters: [String: ConfigValue], json: String) {
        self.hyperparameters = hyperparameters
        self.json = json
    }
}

/// Calls node functions.
///
/// Blocks its thread for as long as the function runs; safe from any thread.
package protocol NodeInvoker: Sendable {
    /// Calls the function once.
    ///
    /// - Returns: what it emitted, nil for a function that returns nothing.
    /// - Throws: `NodeFailure`.
    func invoke(_ invocation: NodeInvocation) throws -> Dataset?
}

/// Why a call gave no result.
package struct NodeFailure: Error {
    /// What the function said.
    ///
    /// Raw values are those of the C ABI.
    package enum Status: Int32, Sendable {
        case invalid = 1
        case schema = 2
        case io = 3
        case transient = 4
        case cancelled = 5
        case outOfMemory = 6
        case unsupported = 7
        case `internal` = 8
    }

    package let status: Status
    /// What happened, in the function's words where it left some.
    package let message: String
    /// The host's own error that the function passed on, if there is one.
    package let underlying: (any Error)?

    package init(_ status: Status, _ message: String, underlying: (any Error)? = nil) {
        self.status = status
        self.message = message
        self.underlying = underlying
    }
}
