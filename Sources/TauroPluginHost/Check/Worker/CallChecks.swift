import CTauro
import TauroModel

/// The checks that call one node: C1 to C18.
///
/// Each observation is the predicate of a sentence about the node.
struct CallChecks {
    let node: NodeUnderCheck

    /// Makes one check.
    func observations(_ check: PluginCheck) throws -> [Observation] {
        switch check {
        case .defaultCall: defaultCall()
        case .fewRows: try fewRows()
        case .shapes: try shapes()
        case .otherColumns: try otherColumns()
        case .extremes: try extremes()
        case .dates: dates()
        case .mlContext: mlContext()
        case .bounds: try bounds()
        case .releases: try releases()
        case .result: try result()
        case .cancellation: try cancellation()
        case .failingInput: try failingInput()
        case .growth: growth()
        case .threads: try threads()
        case .repetition: repetition()
        case .afterReturn: afterReturn()
        case .errorNames: try errorNames()
        case .time: time()
        default: []
        }
    }

    /// Calls the node with each case, and says what is wrong with its answers.
    func conduct(_ cases: [CheckCase]) -> [Observation] {
        folded(cases.map { given in (given, node.call(given).misconduct.map { [$0] } ?? []) })
    }

    /// What was seen in several cases, each thing once, with the first case that showed it.
    func folded(_ seen: [(given: CheckCase, observations: [Observation])]) -> [Observation] {
        var all: [(observation: Observation, given: CheckCase, count: Int)] = []
        for (given, observations) in seen {
            for observation in observations {
                if let place = all.firstIndex(where: { $0.observation == observation }) {
                    all[place].count += 1
                } else {
                    all.append((observation, given, 1))
                }
            }
        }
        return all.map { observation, given, count in
            var told = given
            if count > 1 { told.words += " (and \(count - 1) other case\(count == 2 ? "" : "s"))" }
            return observation.about(told)
        }
    }

    /// What is said where a check is about something that the node does not have.
    func skipped(_ reason: String) -> [Observation] { [Observation(.skipped, reason)] }

    private func defaultCall() -> [Observation] {
        let outcome = node.call(node.base)
        if let misconduct = outcome.misconduct { return [misconduct.about(node.base)] }
        if outcome.isSuccess { return [] }
        if node.isKnown { return [Observation(.error, "failed with its declared defaults: \(outcome.words)")] }
        return [
            Observation(
                .info,
                "answered made-up inputs with \(outcome.words); what it does with rows that it knows was not seen",
                cure: inputHint
            )
        ]
    }

    private var inputHint: String? {
        guard let input = node.signature.inputs.first else { return nil }
        return "give it rows of its own: --input \(input.name)=FILE (csv, json or parquet)"
    }

    private func mlContext() -> [Observation] {
        guard node.signature.takesML else { return skipped("the node takes no ML context") }
        var given = node.base
        given.words = "no ML context"
        given.ml = nil
        return conduct([node.base, given])
    }

    private func dates() -> [Observation] {
        let windows: [(String, String?, String?)] = [
            ("no dates", nil, nil), ("one day", "2024-02-29", "2024-02-29"),
            ("an end before the start", "2024-03-01", "2024-02-01"), ("no start", nil, "2024-02-01"),
            ("no end", "2024-02-01", nil),
        ]
        return conduct(
            windows.map { words, start, end in
                var given = node.base
                given.words = words
                given.dates = DateWindow(start: start, end: end)
                return given
            }
        )
    }

    private func repetition() -> [Observation] {
        let (first, second) = (node.call(node.base), node.call(node.base))
        guard first.isSuccess == second.isSuccess else {
            return [Observation(.info, "answered the same call twice with \(first.words) and \(second.words)")]
        }
        guard let rows = first.rows(), let again = second.rows(), rows != again else { return [] }
        return [Observation(.info, "returns other rows, or in another order, for the same call")]
    }

    private func time() -> [Observation] {
        // The call that does not end is told by whoever waits for this.
        node.call(node.base).misconduct.map { [$0.about(node.base)] } ?? []
    }
}

extension Observation {
    /// The same, with what the node was called with.
    func about(_ given: CheckCase) -> Observation {
        Observation(severity, "\(message), called with \(given.words)", cure: cure)
    }
}
