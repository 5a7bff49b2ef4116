import TauroBasics
import TauroModel

/// One run, for people: how it went, its nodes, what went wrong, and what to do next.
struct RunShowText {
    let style: Style
    /// How people call this program.
    var command = "tauro-host"

    func lines(_ run: RunHistory) -> [String] {
        let figures = RunFigures(run)
        let checks = CheckResultText(style: style).lines(
            checkedBy: run.nodes.map { ($0.name, $0.completion?.checks ?? []) }
        )
        return facts(figures) + [""] + table(figures) + checks + breakers(run) + errors(run) + next(figures)
    }

    private func facts(_ figures: RunFigures) -> [String] {
        let run = figures.history
        var facts = [("run", run.record.id), ("pipeline", run.record.pipeline), ("status", word(run.status))]
        facts.append(("dates", RunWords.dates(run.record.dates) ?? "none"))
        facts.append(
            ("engine", "\(run.record.engine), at most \(RunWords.count(run.record.maxWorkers, "node")) at once")
        )
        let options = RunWords.options(run.record.request).joined(separator: " ")
        if !options.isEmpty { facts.append(("asked for", options)) }
        for (place, host) in run.hosts.enumerated() {
            facts.append(
                (place == 0 ? "host" : "then", "\(RunWords.host(host)), from \(RunWords.moment(host.beganAt))")
            )
        }
        let end =
            run.ending.map { "ended \(RunWords.moment($0.at))" } ?? "last heard of \(RunWords.moment(run.lastEntryAt))"
        facts.append(("time", "\(Quantities.seconds(figures.times.seconds)), \(end)"))
        facts.append(("spent", spent(figures)))
        // The status has its colour already.
        return facts.map { name, value in
            let padding = String(repeating: " ", count: 11 - name.count)
            return style.dim(name) + padding + (name == "status" ? value : PrintableText.line(value))
        }
    }

    private func spent(_ figures: RunFigures) -> String {
        var text = "nodes \(Quantities.seconds(figures.nodeSeconds))"
        if let ending = figures.history.ending {
            text += ", engine \(Quantities.seconds(ending.engineSeconds))"
            if let each = figures.engineSecondsPerNode { text += " (\(Quantities.seconds(each)) a node)" }
        }
        return text + ", critical path \(Quantities.seconds(figures.criticalSeconds))"
    }

    private func table(_ figures: RunFigures) -> [String] {
        var table = TextTable([
            ("node", .left), ("status", .left), ("attempts", .right), ("time", .right), ("rows", .right),
            ("stored", .left),
        ])
        for node in figures.history.nodes {
            table.add([
                PrintableText.line(node.name), node.isRestored ? "restored" : node.status.rawValue,
                "\(node.attempts.count)",
                node.attempts.isEmpty ? "-" : Quantities.seconds(figures.times.seconds(node)),
                node.completion?.rows.map { Quantities.count($0) } ?? "-", PrintableText.line(stored(node)),
            ])
        }
        return table.lines(style)
    }

    private func stored(_ node: NodeHistory) -> String {
        if let reason = node.reason { return reason }
        let outputs = (node.completion?.outputs ?? []).map(\.record)
        return outputs.map { "\($0.id) (\($0.format), \(Quantities.bytes($0.bytes)))" }.joined(separator: ", ")
    }

    private func breakers(_ run: RunHistory) -> [String] {
        if run.breakers.isEmpty { return [] }
        return [""]
            + run.breakers.map { change in
                let failures =
                    change.failures == 0 ? "" : " after \(RunWords.count(change.failures, "failure")) in a row"
                return PrintableText.line(
                    "\(RunWords.moment(change.at)) breaker of '\(change.resource)' \(RunWords.breaker(change.state))\(failures)"
                )
            }
    }

    private func errors(_ run: RunHistory) -> [String] {
        run.nodes.flatMap { node -> [String] in
            guard node.status != .completed, let error = node.error else { return [] }
            let tries = node.attempts.count == 1 ? "" : " after \(node.attempts.count) attempts"
            let message = error.message.split(whereSeparator: \.isNewline).map { "  " + PrintableText.line(String($0)) }
            return [
                "", style.red(error.type) + PrintableText.line(" in node '\(node.name)'\(tries), \(error.operation)"),
            ]
                + message
        }
    }

    private func next(_ figures: RunFigures) -> [String] {
        let run = figures.history
        guard figures.canBeResumed else { return [] }
        let lost = run.nodes.filter { $0.attempts.last?.outcome == .lost }.map { "'\($0.name)'" }.joined(
            separator: ", "
        )
        let death =
            run.status == .dead && !lost.isEmpty ? ["", "its host died inside \(PrintableText.line(lost))"] : []
        return death + ["", "to go on from here: \(PrintableText.line(RunWords.resumption(run, command: command)))"]
    }

    private func word(_ status: RunHistory.Status) -> String {
        switch status {
        case .completed: style.green(status.rawValue)
        case .failed, .dead: style.red(status.rawValue)
        case .cancelled: style.yellow(status.rawValue)
        case .running: style.cyan(status.rawValue)
        }
    }
}
