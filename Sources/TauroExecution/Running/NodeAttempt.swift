import TauroBasics
import TauroModel

/// One try of one node, on a thread of the run: compute the result, and later store it.
struct NodeAttempt: Sendable {
    /// The node's place in the plan.
    let index: Int
    let node: PlannedNode
    let number: Int
    /// How often its result is made anew in this run.
    let generation: Int
    let run: AttemptExecutor.Run
    let executor: AttemptExecutor
    let inputs: AttemptInputs
    let ledger: FrameLedger
    /// Where rows go that memory has no room for.
    let spool: FrameSpool?
    /// How it is told that its time is over; nil where it has no limit here.
    let control: AttemptControl?
    /// What the function reports of its metrics.
    let metrics: NodeMetrics
    /// What came of the checks of what it read and returned.
    let checks: NodeChecks

    /// Calls the function; the inputs are let go when it is done, not when its result is stored.
    func compute(
        report: @escaping @Sendable (NodeReport) -> Void,
        checked: (CheckResult) -> Void
    ) -> Result<HeldResult?, any Error> {
        limited { run in
            let result = try executor.compute(
                node,
                in: run,
                results: inputs.take().mapValues(\.dataset),
                attempt: number,
                deadline: deadline,
                spool: spool,
                report: report,
                checked: checked
            )
            if let spool, spool.spooled.frames > 0 { report(spool.report) }
            return result.map { ledger.hold($0) }
        }
    }

    /// Stores a result under every output id of the node.
    func store(_ result: HeldResult?) -> Result<[StoredOutput], any Error> {
        limited { run in try executor.store(result?.dataset, of: node, in: run, generation: generation) }
    }

    /// When the function should be done, in nanoseconds of CLOCK_MONOTONIC; nil without a limit here.
    private var deadline: Int64? {
        guard control != nil, let timeout = node.execution.timeout else { return nil }
        return SystemMonotonicClock().nanoseconds() + timeout.wholeNanoseconds
    }

    /// Does a part of the attempt within its time.
    private func limited<Value>(_ body: (AttemptExecutor.Run) throws -> Value) -> Result<Value, any Error> {
        guard let control else { return Result { try body(run) } }
        let result = Result {
            try run.cancellation.withHandler {
                control.cancellation.cancel()
            } _: {
                try body(run.with(control.cancellation))
            }
        }
        return control.isExpired ? .failure(expiry(abandoned: false)) : result
    }

    /// What is said of an attempt that took longer than it may.
    func expiry(abandoned: Bool) -> TimeoutError {
        let operation = "call \(node.signature.name)"
        let limit = node.execution.timeout?.shownSeconds ?? ""
        let end =
            abandoned
            ? "; told to stop, it did not return, and its thread was left behind: a function that asks tauro_cancelled"
                + " returns in time, and one with isolation: process can be ended"
            : ""
        return TimeoutError(
            operation: operation,
            message: "Node '\(node.name)', \(operation): timed out after \(limit)\(end)",
            node: node.name
        )
    }
}

extension Duration {
    /// The duration for people: `1.5 s`.
    fileprivate var shownSeconds: String {
        let seconds = Double(wholeNanoseconds) / 1e9
        return seconds == seconds.rounded() ? "\(Int64(seconds)) s" : "\(seconds) s"
    }
}
