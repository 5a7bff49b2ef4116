import TauroBasics
import TauroModel

/// A plan for people: in execution order, what each node calls, reads, writes and is given.
struct PlanText {
    private let plan: ExecutionPlan
    private let style: Style
    private let directory: String
    private let criticalPath: [Int]

    /// Paths inside `directory`, the project's, are shown relative to it.
    init(plan: ExecutionPlan, style: Style, directory: String) {
        self.plan = plan
        self.style = style
        self.directory = directory
        criticalPath = plan.criticalPath
    }

    func lines() -> [String] {
        let critical = Set(criticalPath)
        var lines = [PlanTitle(plan: plan, style: style).line]
        if !plan.leftOut.isEmpty { lines.append("left out: \(plan.leftOut.joined(separator: ", "))") }
        lines.append("")
        for (place, node) in plan.nodes.enumerated() {
            lines += self.lines(of: node, number: place + 1, isCritical: critical.contains(place))
        }
        lines += plan.levels.enumerated().map { level, nodes in
            "level \(level + 1): \(nodes.map { plan.nodes[$0].name }.joined(separator: ", "))"
        }
        let path = criticalPath.map { plan.nodes[$0].name }.joined(separator: " -> ")
        let count = "\(criticalPath.count) node\(criticalPath.count == 1 ? "" : "s")"
        return lines + ["critical path (*), \(count): \(path)"]
    }

    private func lines(of node: PlannedNode, number: Int, isCritical: Bool) -> [String] {
        let after = node.dependencies.map { plan.nodes[$0].name }
        let wait = after.isEmpty ? "" : style.dim("  after \(after.joined(separator: ", "))")
        var lines = ["\(number). \(style.bold(node.name))\(isCritical ? " *" : "")\(wait)"]
        let signature = node.signature
        lines.append(
            "     calls   \(signature.name), symbol \(signature.symbol) of \(shortened(signature.plugin.path))"
        )
        lines += conditions(node.execution).map { "     \($0)" }
        lines += zip(node.inputs, node.inputNames).map { "     reads   \($1): \(describe($0))" }
        lines += node.outputs.map { "     writes  \($0.id) (\($0.format.value)) to \(shortened($0.place))" }
        lines += node.parameters.map { "     given   \($0.name) = \(PlanWords.value($0)) (\(origin($0)))" }
        lines += node.hyperparameters.sorted { $0.key < $1.key }.map { name, value in
            "     learns  \(name) = \(value) (\(place(value.location)))"
        }
        return lines + [""]
    }

    /// Where and when the function runs, what it may take and what its failure means, as far as that is not the default.
    private func conditions(_ execution: PlannedExecution) -> [String] {
        var limits: [String] = []
        if execution.isolation == .process { limits.append("in a worker process") }
        if let timeout = execution.timeout {
            limits.append("at most \(Quantities.seconds(timeout / .seconds(1)))")
        }
        if let memory = execution.workerMemoryLimit { limits.append("with at most \(Quantities.bytes(memory))") }
        if let memory = execution.memory { limits.append("needs \(Quantities.bytes(memory))") }
        if execution.priority != 0 { limits.append("priority \(execution.priority)") }
        if let pool = execution.pool { limits.append("in pool \(pool)\(limit(of: pool))") }
        if execution.onFailure == .skipDependents { limits.append("a failure stops only what depends on it") }
        let lines = limits.isEmpty ? [] : [limits.joined(separator: ", ")]
        return lines.map { "runs    \($0)" } + repeated(execution.retry).map { "retries \($0)" }
            + execution.resources.map { "uses    \($0)\(breaker(of: $0))" }
    }

    private func limit(of pool: String) -> String { plan.pools[pool].map { " of \($0) at once" } ?? "" }

    /// What follows an attempt that failed, as far as that is not the default.
    private func repeated(_ retry: RetryPolicy) -> [String] {
        if retry == RetryPolicy() { return [] }
        if retry.maxRetries == 0 || retry.causes.isEmpty { return ["never"] }
        let waits =
            retry.backoffFactor == 1 || retry.maxRetries == 1 ? "" : ", each wait \(retry.backoffFactor) times the last"
        let causes = retry.causesInOrder.map(\.rawValue).joined(separator: ", ")
        return [
            "up to \(retry.maxRetries) times after \(Quantities.seconds(retry.delaySeconds))\(waits), at most "
                + "\(Quantities.seconds(retry.maxDelaySeconds)), on \(causes)"
        ]
    }

    /// When the circuit breaker of a resource opens, as far as that is not the default.
    private func breaker(of resource: String) -> String {
        guard let policy = plan.breakers[resource], policy != BreakerPolicy() else { return "" }
        let failures = "\(policy.failureThreshold) failure\(policy.failureThreshold == 1 ? "" : "s") in a row"
        return ", not tried for \(Quantities.seconds(policy.cooldownSeconds)) after \(failures)"
    }

    private func describe(_ input: PlannedInput) -> String {
        switch input {
        case .result(let producer, let id):
            let name = plan.nodes[producer].name
            return name == id ? "result of \(name)" : "\(id), result of \(name)"
        case .source(let dataset) where dataset.place.isEmpty: return "\(dataset.id) (\(dataset.format.value))"
        case .source(let dataset):
            return "\(dataset.id) (\(dataset.format.value)) from \(shortened(dataset.place))"
        case .stored(let dataset):
            return "\(dataset.id) (\(dataset.format.value)) as stored in \(shortened(dataset.place))"
        }
    }

    private func origin(_ parameter: BoundParameter) -> String {
        let word = PlanWords.origin(parameter.origin)
        return parameter.location.map { "\(word), \(place($0))" } ?? word
    }

    private func place(_ location: SourceLocation) -> String {
        let file = shortened(location.file)
        return location.line == 0 ? file : "\(file):\(location.line)"
    }

    private func shortened(_ path: String) -> String {
        path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.count + 1)) : path
    }
}

/// What a plan is of, in one line.
struct PlanTitle {
    let plan: ExecutionPlan
    let style: Style

    var line: String {
        let pipeline = plan.pipeline
        let whole = plan.nodes.count + plan.leftOut.count
        let count = plan.leftOut.isEmpty ? "\(whole)" : "\(plan.nodes.count) of \(whole)"
        var facts = [pipeline.kind.rawValue, "\(count) node\(whole == 1 ? "" : "s")"]
        if plan.dates.start != nil || plan.dates.end != nil {
            facts.append("\(plan.dates.start ?? "…") to \(plan.dates.end ?? "…")")
        }
        return "\(style.bold(pipeline.name)) (\(facts.joined(separator: ", ")))"
    }
}
