import TauroBasics
import TauroModel

/// Words that every form of a run uses.
enum RunWords {
    /// The moment for people, to the second: `2026-01-31 10:00:00`, in UTC.
    static func moment(_ moment: Timestamp) -> String {
        let text = moment.description
        guard text.utf8.count == 24 else { return text }
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }

    /// The days that a run covers; nil for a run without dates.
    static func dates(_ dates: DateWindow) -> String? {
        if dates.start == nil && dates.end == nil { return nil }
        return "\(dates.start ?? "…") to \(dates.end ?? "…")"
    }

    /// The host, for example `tauro-host 1.0.0 on box, process 4242`.
    static func host(_ host: RunHost) -> String {
        "tauro-host \(host.version) on \(host.machine), process \(host.process)"
    }

    /// Every option that the call said, as a shell takes them; empty where it said none.
    static func options(_ request: RunRequest) -> [String] {
        let selection = request.selection
        var options = request.environment.map { ["--env", $0] } ?? []
        options += request.parameters.flatMap { ["--param", "\($0.node).\($0.name)=\($0.text)"] }
        options += request.modelVersion.map { ["--model-version", $0] } ?? []
        options += selection.nodes.flatMap { ["--node", $0] } + selection.expressions.flatMap { ["--select", $0] }
        options += selection.exclusions.flatMap { ["--exclude", $0] }
        options +=
            selection.fromNodes.flatMap { ["--from-node", $0] } + selection.toNodes.flatMap { ["--to-node", $0] }
        options += selection.tags.flatMap { ["--tag", $0] }
        options += request.isolation.map { ["--isolation", $0.rawValue] } ?? []
        return options.map { ShellText.word($0) }
    }

    /// What to type to finish the run.
    static func resumption(_ history: RunHistory, command: String) -> String {
        "\(command) run \(ShellText.word(history.record.pipeline)) --resume \(ShellText.word(history.record.id))"
    }

    /// A metric's value: whole numbers without a fraction.
    static func metric(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e15 { return Quantities.count(Int64(value)) }
        return "\(value)"
    }

    /// The state of a breaker.
    static func breaker(_ state: BreakerState) -> String {
        switch state {
        case .closed: "closed"
        case .open: "open"
        case .halfOpen: "half open"
        }
    }

    /// `1 node`, `3 nodes`.
    static func count(_ number: Int, _ thing: String) -> String {
        "\(Quantities.count(Int64(number))) \(thing)\(number == 1 ? "" : "s")"
    }
}
