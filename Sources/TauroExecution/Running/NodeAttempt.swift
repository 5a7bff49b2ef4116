import TauroModel

/// One try of one node, on a thread of the pool: compute, hand the result on, store.
struct NodeAttempt: Sendable {
    /// The result may not be stored, because a node it builds on failed.
    struct Blocked: Error {
        /// The place of that node in the plan.
        let by: Int
    }

    let index: Int
    let node: PlannedNode
    let number: Int
    let run: NodeExecutor.Run
    let executor: NodeExecutor
    let order: StoreOrder
    let inputs: AttemptInputs
    let ledger: FrameLedger
    /// Where rows go that memory has no room for.
    let spool: FrameSpool?

    /// Runs the attempt to its end and says what was stored.
    ///
    /// `computed` is told of the result before it is stored, once it keeps what it promises.
    func execute(
        computed: (HeldResult?) -> Void,
        report: @escaping @Sendable (NodeReport) -> Void,
        checked: (CheckResult) -> Void
    ) -> Result<[OutputRecord], any Error> {
        let outcome = Result {
            let result = try compute(report, checked)
            computed(result)
            if let failed = order.failure(among: node.dependencies) { throw Blocked(by: failed) }
            return try executor.store(result?.dataset, of: node, in: run).map(\.record)
        }
        order.end(index, succeeded: (try? outcome.get()) != nil)
        return outcome
    }

    /// Calls the function; the inputs are let go when it is done, not when its result is stored.
    private func compute(
        _ report: @escaping @Sendable (NodeReport) -> Void,
        _ checked: (CheckResult) -> Void
    ) throws -> HeldResult? {
        let result = try executor.compute(
            node,
            in: run,
            results: inputs.take().mapValues(\.dataset),
            attempt: number,
            spool: spool,
            report: report,
            checked: checked
        )
        if let spool, spool.spooled.frames > 0 { report(spool.report) }
        return result.map { ledger.hold($0) }
    }
}
