import TauroModel

/// What differs between two runs, for people.
struct RunDifferenceText {
    let style: Style

    func lines(_ difference: RunDifference) -> [String] {
        let ids = (difference.first.history.record.id, difference.second.history.record.id)
        var table = TextTable([("", .left), (PrintableText.line(ids.0), .left), (PrintableText.line(ids.1), .left)])
        for pair in difference.run where pair.differs { table.add([pair.name, cell(pair.first), cell(pair.second)]) }
        let times = (difference.first.times.seconds, difference.second.times.seconds)
        table.add(["time", Quantities.seconds(times.0), "\(Quantities.seconds(times.1)) (\(change(times.0, times.1)))"])
        return table.lines(style) + nodes(difference)
    }

    /// The nodes of which something is to be told: all that differ in more than time, and those whose time did.
    private func nodes(_ difference: RunDifference) -> [String] {
        let told = difference.nodes.filter { $0.differs || isNotably($0) }
        let alike = difference.nodes.count - told.count
        let rest = alike == 0 ? [] : ["", "\(RunWords.count(alike, "other node")) alike, and as quick within a tenth"]
        if told.isEmpty { return rest }
        var table = TextTable([
            ("node", .left), ("status", .left), ("attempts", .right), ("time", .right), ("change", .right),
            ("rows", .right),
        ])
        for node in told { table.add(row(node)) }
        return [""] + table.lines(style) + details(told) + rest
    }

    private func isNotably(_ node: RunDifference.Node) -> Bool {
        guard let slower = node.slower, let before = node.first?.seconds else { return false }
        return slower.magnitude > 0.05 && slower.magnitude > before / 10
    }

    private func row(_ node: RunDifference.Node) -> [String] {
        let sides = [node.first, node.second]
        let times = sides.map { $0?.seconds }
        let delta = times[0].flatMap { before in times[1].map { change(before, $0) } } ?? "-"
        return [
            PrintableText.line(node.name),
            either(sides.map { side in side.map { $0.node.status.rawValue } ?? "not there" }),
            either(sides.map { side in side.map { "\($0.node.attempts.count)" } ?? "-" }),
            either(times.map { $0.map { Quantities.seconds($0) } ?? "-" }), delta,
            either(sides.map { $0?.rows.map { Quantities.count($0) } ?? "-" }),
        ]
    }

    /// What went in and came out otherwise, below the table.
    private func details(_ nodes: [RunDifference.Node]) -> [String] {
        let lines = nodes.flatMap { node -> [String] in
            var lines = node.inputs.map { "  \($0.name): \($0.first ?? "not there") -> \($0.second ?? "not there")" }
            if let first = node.first, let second = node.second, first.outputs != second.outputs {
                let texts = [first, second].map { $0.outputs.isEmpty ? "nothing" : $0.outputs.joined(separator: ", ") }
                lines.append("  stored: \(texts[0]) -> \(texts[1])")
            }
            return lines.isEmpty
                ? [] : [style.bold(PrintableText.line(node.name))] + lines.map { PrintableText.line($0) }
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// One text where both are alike.
    private func either(_ texts: [String]) -> String { texts[0] == texts[1] ? texts[0] : "\(texts[0]) -> \(texts[1])" }

    private func cell(_ text: String?) -> String { text.map { PrintableText.line($0) } ?? "-" }

    private func change(_ before: Double, _ after: Double) -> String {
        guard before > 0 else { return "-" }
        let percent = Int(((after / before - 1) * 100).rounded())
        return percent == 0 ? "same" : percent > 0 ? "+\(percent)%" : "\(percent)%"
    }
}
