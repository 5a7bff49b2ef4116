import TauroBasics
import TauroModel

/// What the page's script shows of a node that is chosen.
struct ReportDetails {
    let figures: RunFigures

    /// The empty place for it, hidden until a node is chosen.
    static let panel = """
        <aside id="panel" role="dialog" aria-labelledby="panel-title" hidden>
        <button type="button" id="panel-close" aria-label="Close">×</button>
        <h2 id="panel-title" tabindex="-1"></h2>
        <div id="panel-body"></div>
        </aside>
        """

    /// One object a node, in their order.
    ///
    /// Keys without a value are left out, because there may be thousands.
    func document() -> JSONValue { .array(figures.history.nodes.indices.map { node($0) }) }

    private func node(_ place: Int) -> JSONValue {
        let node = figures.history.nodes[place]
        var members: [(String, JSONValue)] = [
            ("name", .string(node.name)), ("state", .string(ReportIcons.name(node))),
            ("needs", .array(figures.dependencies[place].map { .integer(Int64($0)) })),
            ("attempts", .array(node.attempts.map { attempt($0) })),
        ]
        if let record = figures.records[place] {
            members.append(("function", .string(record.function)))
            members.append(("plugin", .string(record.plugin)))
            members.append(("inputs", .array(record.inputs.map { .string($0) })))
        }
        if let reason = node.reason { members.append(("reason", .string(reason))) }
        if let error = node.error { members.append(("error", .string("\(error.type): \(error.message)"))) }
        if let wait = waitForWorker(place) { members.append(("queued", .string(Quantities.seconds(wait)))) }
        if let completion = node.completion { members += self.completion(completion) }
        return .object(members.map { JSONValue.Member($0.0, $0.1) })
    }

    private func completion(_ completion: NodeCompletion) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if let rows = completion.rows { members.append(("rows", .string(Quantities.count(rows)))) }
        let outputs = completion.outputs.map { stored -> JSONValue in
            let output = stored.record
            let rows = output.rows.map { "\(Quantities.count($0)) rows, " } ?? ""
            let size = "\(rows)\(Quantities.bytes(output.bytes)) in \(RunWords.count(output.files, "file"))"
            return [.string("\(output.id) (\(output.format))"), .string(size), .string(output.path)]
        }
        let metrics = completion.metrics.sorted { $0.key < $1.key }.map { name, value -> JSONValue in
            [.string(name), .string(RunWords.metric(value))]
        }
        let checks = completion.checks.map { check -> JSONValue in
            [.string(check.status.rawValue), .string(check.sentence)]
        }
        for (key, values) in [("outputs", outputs), ("metrics", metrics), ("checks", checks)] where !values.isEmpty {
            members.append((key, .array(values)))
        }
        return members
    }

    private func attempt(_ attempt: AttemptHistory) -> JSONValue {
        let span = figures.times.span(attempt)
        var words = "\(attempt.outcome.rawValue) after \(Quantities.seconds(span.seconds))"
        if let computed = attempt.computedAt {
            words += ", \(Quantities.seconds(RunTimes.Span(computed, span.end).seconds)) of it storing"
        }
        let host = figures.history.hosts.count > 1 ? "host \(attempt.host + 1), " : ""
        return [
            .string("#\(attempt.number)"), .string(host + RunWords.moment(attempt.startedAt)), .string(words),
            .string(attempt.error.map { "\($0.type): \($0.message)" } ?? ""),
        ]
    }

    /// How long the node could have run before it did: since the last one it needed ended and its host had the run.
    ///
    /// nil where it never ran, or began at once.
    private func waitForWorker(_ place: Int) -> Double? {
        guard let first = figures.history.nodes[place].attempts.first,
            figures.history.hosts.indices.contains(first.host)
        else { return nil }
        let needed = figures.dependencies[place].compactMap { figures.history.nodes[$0].attempts.last }
        let ready = needed.map { figures.times.span($0).end }.reduce(figures.history.hosts[first.host].beganAt, max)
        return first.startedAt > ready ? RunTimes.Span(ready, first.startedAt).seconds : nil
    }
}
