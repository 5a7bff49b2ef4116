import TauroBasics
import TauroModel

extension AttemptExecutor {
    /// Holds what was read from storage to what it promises.
    ///
    /// What another node of the run returned was held to its own promises there.
    ///
    /// - Throws: an `ExecutionError` that names the dataset and what it breaks.
    func holdInputs(
        _ inputs: [Dataset],
        of node: PlannedNode,
        in run: Run,
        _ checked: (CheckResult) -> Void
    ) throws {
        var held: Set<String> = []
        for (input, data) in zip(node.inputs, inputs) {
            guard case .frame(let frame) = data, let contract = input.contract, held.insert(input.id).inserted else {
                continue
            }
            try hold(frame, to: [contract], of: node, in: run, "check input \(input.id)", checked)
        }
    }

    /// Holds a result to what the node promises of it, and to what the datasets promise that it is stored as.
    ///
    /// - Throws: an `ExecutionError` that names what is broken; nothing has been stored then.
    func holdResult(
        _ result: Dataset?,
        of node: PlannedNode,
        in run: Run,
        _ checked: (CheckResult) -> Void
    ) throws {
        guard let result else { return }
        let contracts =
            [node.definition.contract].compactMap(\.self) + node.outputs.compactMap { $0.contract(.writing) }
        if contracts.isEmpty { return }
        guard case .frame(let frame) = result else {
            throw NodeExecutionError(
                node: node.name,
                operation: "check the result",
                message:
                    "Node '\(node.name)', check the result: checks are about rows, but the node returned an artifact"
            )
        }
        try hold(frame, to: contracts, of: node, in: run, "check the result", checked)
    }

    private func hold(
        _ frame: Frame,
        to contracts: [DataContract],
        of node: PlannedNode,
        in run: Run,
        _ operation: String,
        _ checked: (CheckResult) -> Void
    ) throws {
        let results = try describing(operation, node) {
            try self.contracts.hold(frame, to: contracts, now: clock.wallTime(), cancellation: run.cancellation)
        }
        for result in results { checked(result) }
        let broken = results.filter { $0.status == .failed }
        if broken.isEmpty { return }
        let text = BrokenPromises(broken, among: results.count).text
        throw NodeExecutionError(
            node: node.name,
            operation: operation,
            message: "Node '\(node.name)', \(operation): \(node.redaction.redacted(text))"
        )
    }
}

/// What failed checks found, for the error of the node.
struct BrokenPromises {
    let text: String

    /// Tells of `broken`, all of them, among as many checks as were made.
    init(_ broken: [CheckResult], among count: Int) {
        let checks = broken.count == 1 ? "1 of \(count) checks" : "\(broken.count) of \(count) checks"
        var lines = ["\(checks) failed"]
        for result in broken {
            let subject = result.dataset.map { "dataset '\($0)'" } ?? "the node's result"
            lines.append("  \(subject): \(result.sentence)")
            lines += result.sampleLines.map { "    for example \($0)" }
        }
        text = lines.joined(separator: "\n")
    }
}

extension PlannedInput {
    /// What it has to keep where it is read from storage.
    fileprivate var contract: DataContract? {
        switch self {
        case .source(let dataset), .stored(let dataset): dataset.contract(.reading)
        case .result: nil
        }
    }
}
