import TauroModel

/// What came of a run's checks, for people: how many held, and those that did not.
struct CheckResultText {
    let style: Style

    /// An empty line and what there is to say; nothing where there were no checks.
    func lines(_ summary: RunSummary) -> [String] { lines(checkedBy: summary.nodes.map { ($0.name, $0.checks) }) }

    /// The same for nodes by their names.
    func lines(checkedBy nodes: [(name: String, checks: [CheckResult])]) -> [String] {
        let checks = nodes.flatMap { node in node.checks.map { (node: node.name, result: $0) } }
        if checks.isEmpty { return [] }
        let counts = CheckResult.Status.allCases.compactMap { status -> String? in
            let count = checks.count { $0.result.status == status }
            return count == 0 ? nil : "\(count) \(status.rawValue)"
        }
        return ["", "checks: \(counts.joined(separator: ", "))"]
            + checks.filter { $0.result.status != .passed }.flatMap { lines($0.result, of: $0.node) }
    }

    private func lines(_ result: CheckResult, of node: String) -> [String] {
        let subject = result.dataset ?? "result of \(node)"
        return ["  \(word(result.status)) \(subject): \(PrintableText.line(result.sentence))"]
            + result.sampleLines.map { "         \(PrintableText.line($0))" }
    }

    private func word(_ status: CheckResult.Status) -> String {
        switch status {
        case .passed: style.green(status.rawValue)
        case .warned: style.yellow(status.rawValue)
        case .failed: style.red(status.rawValue)
        }
    }
}
