import TauroData
import TauroModel

extension CallChecks {
    /// The checks that have random cases.
    static let randomChecks: [PluginCheck] = [.fewRows, .shapes, .otherColumns, .extremes, .dates]

    /// Calls the node with one random case of a check, on guarded inputs; the same seed makes the same case.
    func randomCase(_ check: PluginCheck, seed: UInt64) throws -> [Observation] {
        guard Self.randomChecks.contains(check) else { return try observations(check) }
        var chance = SeededChance(seed: seed)
        let given = try randomCase(check, &chance)
        let watch = InputGuard(.bounds)
        defer { watch.close() }
        let outcome = node.call(given, watch)
        if let misconduct = outcome.misconduct { return [misconduct.about(given)] }
        let problem = outcome.unsoundness().map { Observation(.error, "returned a frame that is not sound: \($0)") }
        return problem.map { [$0.about(given)] } ?? []
    }

    private func randomCase(_ check: PluginCheck, _ chance: inout SeededChance) throws -> CheckCase {
        var given = node.base
        switch check {
        case .fewRows: given = try randomFrames("few random rows", rows: chance.below(3), &chance)
        case .shapes: given = try randomFrames("random rows", rows: chance.below(200), &chance)
        case .otherColumns: given = try randomColumns(&chance)
        case .extremes:
            given = try randomFrames("random rows and parameters", rows: chance.below(20), &chance)
            for (place, parameter) in node.signature.parameters.enumerated() {
                let values = ExtremeParameters.of(parameter.type)
                if chance.below(2) == 0 { given.parameters[place] = values[chance.below(values.count)].value }
            }
            let shown = zip(node.signature.parameters, given.parameters).map { "\($0.name) = \($1.shown)" }
            if !shown.isEmpty { given.words += " (\(shown.joined(separator: ", ")))" }
        default:
            given.dates = DateWindow(start: randomDay(&chance), end: randomDay(&chance))
            given.words = "the dates \(given.dates.start ?? "none") to \(given.dates.end ?? "none")"
        }
        return given
    }

    private func randomDay(_ chance: inout SeededChance) -> String? {
        if chance.below(4) == 0 { return nil }
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
        }
        return
            "\(padded(1 + chance.below(9999), 4))-\(padded(1 + chance.below(12), 2))-\(padded(1 + chance.below(28), 2))"
    }

    /// The case with rows of random values and nulls, cut into random batches, some behind an offset.
    private func randomFrames(_ words: String, rows: Int, _ chance: inout SeededChance) throws -> CheckCase {
        var given = node.base
        given.words = words
        for place in node.frameInputs {
            guard case .frame(let frame) = node.samples[place] else { continue }
            let table = try randomTable(like: frame, rows: rows, &chance)
            given.inputs[place] = .frame(try split(table, &chance))
        }
        return given
    }

    private func randomColumns(_ chance: inout SeededChance) throws -> CheckCase {
        var given = node.base
        given.words = "random columns"
        for place in node.frameInputs {
            guard case .frame(let frame) = node.samples[place] else { continue }
            var table = try randomTable(like: frame, rows: chance.below(20), &chance)
            for _ in 0..<1 + chance.below(4) where !table.columns.isEmpty {
                let index = chance.below(table.columns.count)
                switch chance.below(4) {
                case 0: table = table.without(index)
                case 1: table = table.retyped(index)
                case 2: table.names[index] = SampleValues.texts[chance.below(SampleValues.texts.count - 1)]
                default: table.names[index] = table.names[chance.below(table.columns.count)]
                }
            }
            given.inputs[place] = .frame(try split(table, &chance))
        }
        return given
    }

    /// A table of the flat columns of `frame`, with values of its own rows and others.
    private func randomTable(like frame: Frame, rows: Int, _ chance: inout SeededChance) throws -> TableContent {
        guard case .memory(let schema, let batches) = frame.content,
            var table = TableContent(schema: schema, batches: batches, lenient: true)
        else { throw HostFailure(.internal, "a sample is not in memory") }
        for index in table.columns.indices {
            let (known, type) = (table.columns[index].values, table.columns[index].type)
            table.columns[index].values = (0..<rows).map { _ in
                switch chance.below(4) {
                case 0: nil
                case 1: SampleValues.random(type, &chance)
                default: known.isEmpty ? nil : known[chance.below(known.count)]
                }
            }
        }
        return table
    }

    private func split(_ table: TableContent, _ chance: inout SeededChance) throws -> Frame {
        let rows = try table.batch()
        var batches: [RecordBatch] = []
        var first = chance.below(3) == 0 ? min(rows.rowCount, chance.below(9)) : 0
        while first < rows.rowCount {
            let count = min(rows.rowCount - first, 1 + chance.below(rows.rowCount))
            batches.append(rows.slice(first..<first + count))
            first += count
        }
        return Frame(schema: rows.schema, batches: batches)
    }
}

extension ParameterValue {
    /// The value in a sentence.
    fileprivate var shown: String {
        switch self {
        case .int64(let number): "\(number)"
        case .float64(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .string(let text): text.count > 40 ? "a text of \(text.utf8.count) bytes" : "'\(text)'"
        }
    }
}
