import TauroBasics
import TauroModel

/// A plan for people: in execution order, what each node calls, reads, writes and is given.
struct PlanText {
    let plan: ExecutionPlan
    let style: Style
    /// The project's directory; paths inside are shown relative to it.
    let directory: String

    func lines() -> [String] {
        var lines = [title, ""]
        for (place, node) in plan.nodes.enumerated() { lines += self.lines(of: node, number: place + 1) }
        lines.append("longest path: \(longestPath.joined(separator: " -> "))")
        return lines
    }

    private var title: String {
        let pipeline = plan.pipeline
        var facts = [pipeline.kind.rawValue, "\(plan.nodes.count) node\(plan.nodes.count == 1 ? "" : "s")"]
        if plan.dates.start != nil || plan.dates.end != nil {
            facts.append("\(plan.dates.start ?? "…") to \(plan.dates.end ?? "…")")
        }
        return "\(style.bold(pipeline.name)) (\(facts.joined(separator: ", ")))"
    }

    private func lines(of node: PlannedNode, number: Int) -> [String] {
        let after = node.dependencies.map { plan.nodes[$0].name }
        let wait = after.isEmpty ? "" : style.dim("  after \(after.joined(separator: ", "))")
        var lines = ["\(number). \(style.bold(node.name))\(wait)"]
        lines.append("     calls   \(node.signature.name) in \(shortened(node.signature.plugin.path))")
        lines += limits(node.execution).map { "     runs    \($0)" }
        lines += zip(node.inputs, inputNames(node)).map { "     reads   \($1): \(describe($0))" }
        lines += node.outputs.map { "     writes  \($0.id) (\($0.format.value)) to \(shortened($0.path.value))" }
        lines += node.parameters.map { parameter in
            "     given   \(parameter.name) = \(PlanWords.value(parameter)) (\(PlanWords.origin(parameter.origin)))"
        }
        return lines + [""]
    }

    /// Where the function runs and what it may take; nothing to say of one that runs in this process.
    private func limits(_ execution: PlannedExecution) -> [String] {
        guard execution.isolation == .process else { return [] }
        var limits = ["in a worker process"]
        if let timeout = execution.timeout { limits.append("at most \(Quantities.seconds(timeout / .seconds(1)))") }
        if let memory = execution.workerMemoryLimit { limits.append("with at most \(Quantities.bytes(memory))") }
        return [limits.joined(separator: ", ")]
    }

    private func describe(_ input: PlannedInput) -> String {
        switch input {
        case .result(let producer, let id):
            let name = plan.nodes[producer].name
            return name == id ? "result of \(name)" : "\(id), result of \(name)"
        case .source(let dataset):
            return "\(dataset.id) (\(dataset.format.value)) from \(shortened(dataset.path.value))"
        case .stored(let dataset):
            return "\(dataset.id) (\(dataset.format.value)) stored in \(shortened(dataset.path.value))"
        }
    }

    private func inputNames(_ node: PlannedNode) -> [String] {
        node.inputs.indices.map { position in
            guard let last = node.signature.inputs.last else { return "-" }
            let fixed = last.kind == .frames ? node.signature.inputs.count - 1 : node.signature.inputs.count
            return position < fixed ? node.signature.inputs[position].name : "\(last.name)_\(position - fixed)"
        }
    }

    private func shortened(_ path: String) -> String {
        path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.count + 1)) : path
    }

    private var longestPath: [String] {
        guard var node = plan.nodes.max(by: { $0.pathLength < $1.pathLength }) else { return [] }
        var path = [node.name]
        while let next = node.dependents.map({ plan.nodes[$0] }).max(by: { $0.pathLength < $1.pathLength }) {
            path.append(next.name)
            node = next
        }
        return path
    }
}

/// Words that every form of a plan uses.
enum PlanWords {
    /// The bound value, or that it is a secret.
    static func value(_ parameter: BoundParameter) -> String {
        parameter.isSecret ? "<secret>" : value(parameter.value)
    }

    static func value(_ value: ParameterValue) -> String {
        switch value {
        case .int64(let number): "\(number)"
        case .float64(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .string(let text): "\"\(text)\""
        }
    }

    static func origin(_ origin: ParameterOrigin) -> String {
        switch origin {
        case .default: "default"
        case .node: "node"
        case .pipeline: "pipeline"
        case .globalSettings: "global settings"
        case .commandLine: "command line"
        }
    }
}
