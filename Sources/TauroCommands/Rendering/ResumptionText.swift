import TauroModel

/// What becomes of the nodes of a run that is resumed, in words.
enum ResumptionText {
    /// How many nodes are told of one by one.
    private static let mostTold = 20

    /// One line for all that is taken over, then one for each node that runs again though it had completed.
    static func lines(_ run: String, _ decisions: [(node: String, decision: ResumeDecision)]) -> [String] {
        let restored = decisions.count { $0.decision == .restored }
        let adopted = decisions.filter { $0.decision == .adopted }.map(\.node)
        let again = decisions.compactMap { node, decision -> String? in
            if case .runs(let reason?) = decision { "node '\(node)' runs again: \(reason.words)" } else { nil }
        }
        let running = decisions.count - restored - adopted.count
        var lines = [
            "\(RunWords.count(restored + adopted.count, "node")) restored, \(RunWords.count(running, "node")) to run"
        ]
        lines += adopted.prefix(mostTold).map {
            "node '\($0)' had stored everything when its host died, and does not run again"
        }
        lines += again.prefix(mostTold)
        let untold = max(0, adopted.count - mostTold) + max(0, again.count - mostTold)
        if untold > 0 { lines.append("and \(RunWords.count(untold, "further node"))") }
        return lines.map { "resuming run \(run): \($0)" }
    }
}
