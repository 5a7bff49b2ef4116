import Synchronization
import TauroBasics
import TauroModel

/// One try of one node, on a thread of the run: compute the result, and later store it.
///
/// Safe from any thread: a function may report from several.
final class NodeAttempt: Sendable {
    /// What is noted while it goes on.
    private struct Notes {
        /// The results that it reads, by their producers' places in the plan; it takes them once, so that nobody else keeps
        /// them while it goes on.
        var inputs: [Int: HeldResult]
        /// The last value of each metric.
        var metrics: [String: Double] = [:]
        /// What came of checks, in the order they were made.
        var checks: [CheckResult] = []
    }

    /// The node's place in the plan.
    let index: Int
    let node: PlannedNode
    let number: Int
    /// How often its result is made anew in this run.
    let generation: Int
    private let run: AttemptExecutor.Run
    let executor: AttemptExecutor
    private let ledger: FrameLedger
    /// Where rows go that memory has no room for.
    private let spool: FrameSpool?
    /// How it is told that its time is over; nil where it has no limit here.
    let control: AttemptControl?
    private let notes: Mutex<Notes>

    init(
        index: Int,
        number: Int,
        generation: Int,
        run: AttemptExecutor.Run,
        executor: AttemptExecutor,
        inputs: [Int: HeldResult],
        ledger: FrameLedger,
        spool: FrameSpool?,
        control: AttemptControl?
    ) {
        self.index = index
        node = run.plan.nodes[index]
        self.number = number
        self.generation = generation
        self.run = run
        self.executor = executor
        self.ledger = ledger
        self.spool = spool
        self.control = control
        notes = Mutex(Notes(inputs: inputs))
    }

    /// The next try of `other`, of which only the storing is left: it has no time limit, and its notes are those.
    init(storing other: NodeAttempt, number: Int) {
        index = other.index
        node = other.node
        self.number = number
        generation = other.generation
        run = other.run
        executor = other.executor
        ledger = other.ledger
        spool = other.spool
        control = nil
        let noted = other.noted
        notes = Mutex(Notes(inputs: [:], metrics: noted.metrics, checks: noted.checks))
    }

    /// The last value of each metric that the function reported, and what came of the checks of what it read and returned.
    var noted: (metrics: [String: Double], checks: [CheckResult]) { notes.withLock { ($0.metrics, $0.checks) } }

    /// Takes note of a report if it is a metric.
    func note(_ report: NodeReport) {
        guard case .metric(let name, let value) = report else { return }
        notes.withLock { $0.metrics[name] = value }
    }

    /// Takes note of what came of a check.
    func note(_ check: CheckResult) { notes.withLock { $0.checks.append(check) } }

    /// Calls the function; the inputs are let go when it is done, not when its result is stored.
    func compute(
        report: @escaping @Sendable (NodeReport) -> Void,
        checked: (CheckResult) -> Void
    ) -> Result<HeldResult?, any Error> {
        limited { run in
            let result = try executor.compute(
                node,
                in: run,
                results: takeInputs(),
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

    private func takeInputs() -> [Int: Dataset] {
        let inputs = notes.withLock { notes in
            defer { notes.inputs = [:] }
            return notes.inputs
        }
        return inputs.isEmpty ? [:] : inputs.mapValues(\.dataset)
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
