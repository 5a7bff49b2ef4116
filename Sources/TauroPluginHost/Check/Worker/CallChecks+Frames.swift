import TauroData
import TauroModel

extension CallChecks {
    func fewRows() throws -> [Observation] {
        guard !node.frameInputs.isEmpty else { return skipped("the node takes no frame") }
        return conduct([
            try node.base.with("a table without batches", SampleTable.noBatches),
            try node.base.with("a table without rows", SampleTable.noRows),
            try node.base.with("a table of one row", SampleTable.firstRow),
        ])
    }

    func shapes() throws -> [Observation] {
        guard !node.frameInputs.isEmpty else { return skipped("the node takes no frame") }
        return conduct(try shapeCases()) + (try slicesAreRead())
    }

    /// The same rows in other shapes, and rows with other content.
    func shapeCases() throws -> [CheckCase] {
        [
            try node.base.with("a table of nulls", SampleTable.allNull),
            try node.base.with("a table without nulls", SampleTable.noNull),
            try node.base.with("a slice of a table", SampleTable.sliced),
            try node.base.with("a table of many batches", SampleTable.manyBatches),
            try node.base.with("long texts", SampleTable.longTexts),
            try node.base.with("texts beyond ASCII", SampleTable.foreignTexts),
        ]
    }

    /// Compares what a node makes of rows behind an offset with what it makes of the same rows without one.
    private func slicesAreRead() throws -> [Observation] {
        let sliced = try node.base.with("a slice of a table", SampleTable.sliced)
        let copied = try node.base.with("a copy of a slice", SampleTable.slicedAndCopied)
        guard let first = node.call(copied).rows(), let again = node.call(copied).rows(), first == again,
            let other = node.call(sliced).rows(), other != first
        else { return [] }
        return [
            Observation(
                .error,
                "returns other rows for a slice of a table than for a copy of the same rows",
                cure: "add the offset of a column, and that of the batch, to the place of a row in every buffer"
            )
        ]
    }

    func otherColumns() throws -> [Observation] {
        guard !node.frameInputs.isEmpty else { return skipped("the node takes no frame") }
        return conduct(try otherColumnCases().map(\.given))
    }

    /// Whether errors say which column or parameter they are about.
    func errorNames() throws -> [Observation] {
        guard node.call(node.base).isSuccess else {
            return skipped("the node refuses the rows that it is checked with, so its errors can not be told apart")
        }
        var cases = try otherColumnCases().filter { $0.name != nil }
        cases += parameterCases().map { (given: $0.given, name: Optional($0.name)) }
        if cases.isEmpty { return skipped("the node takes neither a frame nor a parameter") }
        return cases.compactMap { given, name in
            guard let name, let failure = node.call(given).failure,
                !failure.message.lowercased().contains(name.lowercased())
            else { return nil }
            return Observation(
                .warning,
                "does not name '\(name)' in its error, called with \(given.words): \(failure.message)",
                cure: "say which column or parameter is wrong, and what was expected of it"
            )
        }
    }

    /// Most columns of a table that are left out one by one.
    private static let mostColumns = 24

    /// Inputs without columns, without each column, and with each column of another type.
    private func otherColumnCases() throws -> [(given: CheckCase, name: String?)] {
        var cases: [(given: CheckCase, name: String?)] = []
        for place in node.frameInputs {
            guard case .frame(let frame) = node.samples[place],
                case .memory(let schema, let batches) = try frame.inMemory().content,
                let table = TableContent(schema: schema, batches: batches, lenient: true)
            else { continue }
            let input = node.name(ofInput: place)
            let nothing = Frame(schema: Schema([]), batches: [])
            cases.append((node.base.with("'\(input)' without columns", input: place, .frame(nothing)), nil))
            for index in table.names.indices.prefix(Self.mostColumns) {
                let name = table.names[index]
                let without = Dataset.frame(try table.without(index).frame())
                cases.append((node.base.with("'\(input)' without '\(name)'", input: place, without), name))
                let other = table.retyped(index)
                let words = "'\(name)' of '\(input)' as \(other.columns[index].type)"
                cases.append((node.base.with(words, input: place, .frame(try other.frame())), name))
            }
        }
        return cases
    }

    func extremes() throws -> [Observation] {
        var cases = parameterCases().map(\.given)
        if !node.frameInputs.isEmpty {
            cases.append(try node.base.with("a table of extreme values", SampleTable.extremes))
        }
        return cases.isEmpty ? skipped("the node takes neither a frame nor a parameter") : conduct(cases)
    }

    /// Each parameter with the values at the edges of its type.
    private func parameterCases() -> [(given: CheckCase, name: String)] {
        node.signature.parameters.enumerated().flatMap { place, parameter in
            ExtremeParameters.of(parameter.type).map { value, words in
                (node.base.with("\(parameter.name) = \(words)", parameter: place, value), parameter.name)
            }
        }
    }
}

/// Parameters at the edges of their type.
enum ExtremeParameters {
    static func of(_ type: ParameterType) -> [(value: ParameterValue, words: String)] {
        switch type {
        case .int64: [Int64.min, -1, 0, 1, .max].map { (.int64($0), "\($0)") }
        case .float64: SampleValues.floats.map { (.float64($0), "\($0)") }
        case .bool: [(.bool(false), "false"), (.bool(true), "true")]
        case .string:
            SampleValues.texts.map { text in
                (.string(text), text.count > 100 ? "a text of \(text.utf8.count) bytes" : "'\(text)'")
            }
        }
    }
}
