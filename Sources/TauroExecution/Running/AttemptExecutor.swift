package import TauroBasics
package import TauroModel

/// Runs one node of a plan from its inputs to its stored outputs.
///
/// Safe from any thread. An object, as its run is, because every attempt has both.
package final class AttemptExecutor: Sendable {
    /// What every node of a run shares.
    package final class Run: Sendable {
        package let id: String
        package let plan: ExecutionPlan
        package let modelVersion: String?
        package let engine: String
        package let cancellation: CancellationToken

        package init(
            id: String,
            plan: ExecutionPlan,
            modelVersion: String?,
            engine: String,
            cancellation: CancellationToken
        ) {
            self.id = id
            self.plan = plan
            self.modelVersion = modelVersion
            self.engine = engine
            self.cancellation = cancellation
        }

        /// The same run, whose node is told to stop through another token.
        func with(_ cancellation: CancellationToken) -> Run {
            Run(id: id, plan: plan, modelVersion: modelVersion, engine: engine, cancellation: cancellation)
        }
    }

    private let invoker: any NodeInvoker
    private let loader: any DatasetLoader
    private let writer: any DatasetWriter
    let contracts: any ContractHolder
    let clock: any WallClock
    /// Which results are copied into the run's directory.
    let copies: ResultCopying
    /// Whether a result that nobody has read yet is stored as it is read, under an output id.
    private let storesUnread: @Sendable (Dataset, DatasetDefinition) throws -> Bool

    package init(
        invoker: any NodeInvoker,
        loader: any DatasetLoader,
        writer: any DatasetWriter,
        contracts: any ContractHolder,
        clock: any WallClock = SystemWallClock(),
        copies: ResultCopying? = nil,
        storesUnread: @escaping @Sendable (Dataset, DatasetDefinition) throws -> Bool = { _, _ in false }
    ) {
        self.invoker = invoker
        self.loader = loader
        self.writer = writer
        self.contracts = contracts
        self.clock = clock
        self.copies = copies ?? ResultCopying(keeper: nil, writer: writer, limit: 0)
        self.storesUnread = storesUnread
    }

    /// Loads the inputs, calls the function, and holds what was read and what is returned to what it promises.
    ///
    /// `results` holds what the nodes of the plan that it reads from returned, by their place in the plan; `checked` is
    /// told of every check. `spool` is where rows go that memory has no room for; `deadline` is when the function should be
    /// done, in nanoseconds of CLOCK_MONOTONIC.
    ///
    /// - Throws: an `ExecutionError` that names node and operation.
    package func compute(
        _ node: PlannedNode,
        in run: Run,
        results: [Int: Dataset],
        attempt: Int,
        deadline: Int64? = nil,
        spool: FrameSpool? = nil,
        report: @escaping @Sendable (NodeReport) -> Void,
        checked: (CheckResult) -> Void
    ) throws -> Dataset? {
        let inputs = try load(node, in: run, results: results)
        try holdInputs(inputs, of: node, in: run, checked)
        let invocation = NodeInvocation(
            signature: node.signature,
            node: node.name,
            runID: run.id,
            attempt: attempt,
            inputs: inputs,
            dates: run.plan.dates,
            parameters: node.parameters.map(\.value),
            cancellation: run.cancellation,
            execution: node.execution,
            deadline: deadline,
            spool: spool,
            report: node.redaction.redacting(report)
        )
        let result = try call(command(for: node, in: run, invocation), node, spool, run.cancellation)
        try holdResult(result, of: node, in: run, checked)
        return result
    }

    /// Stores a result under every output id of the node.
    ///
    /// `generation` counts how often the node's result is made anew in this run.
    ///
    /// - Throws: an `ExecutionError` that names node and operation.
    package func store(
        _ result: Dataset?,
        of node: PlannedNode,
        in run: Run,
        generation: Int = 1
    ) throws -> [StoredOutput] {
        guard let result else { return [] }
        do {
            return try node.outputs.map { output in
                try describing("store output \(output.id)", node) {
                    try writer.store(
                        result,
                        as: output,
                        commit: CommitIdentity(runID: run.id, node: node.name, generation: generation),
                        cancellation: run.cancellation
                    )
                }
            }
        } catch {
            try blameRows(of: result, of: node, run.cancellation)
            throw error
        }
    }

    /// Throws the error of the call where it is the rows of a result that can not be read, and not what stores them.
    private func blameRows(of result: Dataset, of node: PlannedNode, _ cancellation: CancellationToken) throws {
        guard case .frame(let frame) = result, frame.isUnread, !cancellation.isCancelled else { return }
        try describing("call \(node.signature.name)", node) {
            try frame.readThrough(cancellation: cancellation)
        }
    }

    private func command(for node: PlannedNode, in run: Run, _ invocation: NodeInvocation) -> any Command {
        guard node.signature.takesML else { return NodeCommand(invoker: invoker, invocation: invocation) }
        return MLNodeCommand(
            invoker: invoker,
            invocation: invocation,
            node: node,
            pipeline: run.plan.pipeline,
            modelVersion: run.modelVersion,
            engine: run.engine
        )
    }

    private func load(_ node: PlannedNode, in run: Run, results: [Int: Dataset]) throws -> [Dataset] {
        try node.inputs.enumerated().map { position, input in
            let kind = node.signature.inputs[min(position, node.signature.inputs.count - 1)].kind
            switch input {
            case .result(let producer, let id):
                guard let result = results[producer] else {
                    throw NodeExecutionError(
                        node: node.name,
                        operation: "load input \(id)",
                        message: "Node '\(node.name)': input '\(id)' has no result in this run"
                    )
                }
                return result
            case .source(let dataset), .stored(let dataset):
                return try describing("load input \(dataset.id)", node) {
                    try loader.load(dataset, as: kind, dates: run.plan.dates)
                }
            }
        }
    }

    private func call(
        _ command: any Command,
        _ node: PlannedNode,
        _ spool: FrameSpool?,
        _ cancellation: CancellationToken
    ) throws -> Dataset? {
        try describing("call \(node.signature.name)", node) {
            guard let result = try command.execute() else { return nil }
            if try isStoredUnread(result, of: node) { return result }
            return try result.evaluated(spool, cancellation)
        }
    }

    /// Whether nobody but the node's only output reads a result, which then need not be held: its rows are stored as they
    /// are read, inside the attempt all the same.
    private func isStoredUnread(_ result: Dataset, of node: PlannedNode) throws -> Bool {
        guard case .frame(let frame) = result, frame.isUnread, node.dependents.isEmpty, node.outputs.count == 1,
            let output = node.outputs.first, node.definition.contract == nil, output.contract(.writing) == nil,
            // What is to be stored again after a failure must still be there.
            node.execution.retry.causes.isDisjoint(with: [.io, .timeout])
        else { return false }
        return try storesUnread(result, output)
    }

    /// Runs `body` and turns what the rooms below throw into errors that name node and operation.
    func describing<Result>(
        _ operation: @autoclosure () -> String,
        _ node: PlannedNode,
        _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch {
            throw NodeErrorDescription(node: node, operation: operation()).described(error)
        }
    }
}

extension Dataset {
    /// The result with its rows in memory, or on disk where memory has no room, so that reading it again does not differ.
    func evaluated(_ spool: FrameSpool?, _ cancellation: CancellationToken) throws -> Dataset {
        guard case .frame(let frame) = self else { return self }
        return .frame(try frame.evaluated(spool, cancellation: cancellation))
    }

    /// The number of rows of a frame that knows it.
    var rowCount: Int64? {
        if case .frame(let frame) = self { frame.rowCount } else { nil }
    }
}
