import TauroBasics
import TauroEngine
package import TauroModel

/// Checks a dataset's format and options before anything runs.
package struct DatasetCheck {
    private let dataset: DatasetDefinition
    private let isInput: Bool
    private var findings: [Diagnostic] = []

    /// All findings about one dataset.
    package static func findings(_ dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] {
        var check = DatasetCheck(dataset: dataset, isInput: isInput)
        check.run()
        return check.findings
    }

    private init(dataset: DatasetDefinition, isInput: Bool) {
        self.dataset = dataset
        self.isInput = isInput
    }

    private mutating func run() {
        if isInput, dataset.format.value == QueryDatasets.formatName { return checkQuery() }
        if let query = dataset.query {
            report("'query' has a meaning only with format: query", at: query.location)
        }
        guard let format = TableFormat.named(dataset.format.value) else {
            let formats = TableFormat.all.filter { isInput ? $0.isRead : $0.isWritten }
            let names = formats.map(\.name) + (isInput ? [QueryDatasets.formatName] : [])
            report(
                "format '\(dataset.format.value)' is not one of \(names.joined(separator: ", "))",
                at: dataset.format.location,
                notes: NearestName.note(NearestName.nearest(to: dataset.format.value, in: names))
            )
            return
        }
        if !isInput, !format.isWritten {
            let written = TableFormat.all.filter(\.isWritten).map(\.name).joined(separator: ", ")
            report(
                "format \(format.name) is read, but not written in this version; outputs are \(written)",
                at: dataset.format.location
            )
        }
        checkColumns()
        if isInput, RemoteAddress.isAddress(dataset.path.value) { findings += RemoteFiles.findings(dataset, format) }
        for (name, value) in dataset.options.sorted(by: { $0.key < $1.key }) {
            check(name, value, in: format)
        }
        checkSpellings(of: format)
        let asked = dataset.options.filter { format.option($0.key)?.isVersion == true }
        if let second = asked.max(by: { $0.key < $1.key }), asked.count > 1 {
            report(
                "options \(asked.keys.sorted().map { "'\($0)'" }.joined(separator: " and ")) both say which version is read; keep one",
                at: second.value.location
            )
        }
    }

    /// A query has no place and no options.
    private mutating func checkQuery() {
        if dataset.query == nil { report("'query' is missing", at: dataset.location) }
        if !dataset.path.value.isEmpty {
            report("'filepath' has no meaning with format: query", at: dataset.path.location)
        }
        for (name, value) in dataset.options.sorted(by: { $0.key < $1.key }) {
            report("format query has no option '\(name)'", at: value.location)
        }
        checkColumns()
    }

    private mutating func checkColumns() {
        for column in dataset.columns {
            guard let type = column.type, !SQLTypeName.isKnown(type) else { continue }
            report(
                "column '\(column.name)' has the type '\(type)', which SQL does not have",
                at: column.location,
                notes: NearestName.note(SQLTypeName.nearest(to: type))
            )
        }
        findings += ContractFindings.ofDeclared(dataset)
    }

    private mutating func check(_ name: String, _ value: ConfigValue, in format: TableFormat) {
        guard let option = format.option(name) else {
            if format.passesOptions { return }
            report(
                "format \(format.name) has no option '\(name)'",
                at: value.location,
                notes: nearest(to: name, in: format)
            )
            return
        }
        if isIdle(option) {
            report("option '\(name)' \(idleness(in: format))", at: value.location)
        } else if !option.kind.accepts(value) {
            report("option '\(name)' expects \(option.kind.words), found \(value.words)", at: value.location)
        }
    }

    /// The option that was probably meant, by any of its spellings: one with a meaning here before one without.
    private func nearest(to name: String, in format: TableFormat) -> [String] {
        func nearest(_ options: [FormatOption]) -> String? {
            let spellings = options.flatMap(\.spellings)
            return NearestName.nearest(to: name, in: spellings) ?? spellings.first { isShort(name, for: $0) }
        }
        if let meant = nearest(format.options.filter { !isIdle($0) }) { return NearestName.note(meant) }
        guard let idle = nearest(format.options.filter(isIdle)) else { return [] }
        return ["'\(idle)' is near, and \(idleness(in: format))"]
    }

    /// Whether a name is the beginning of another one, long enough to be meant for it: `delim` is.
    private func isShort(_ name: String, for spelling: String) -> Bool {
        name.utf8.count >= 4 && spelling.lowercased().hasPrefix(name.lowercased())
    }

    /// Two spellings of one option leave it open which of them counts.
    private mutating func checkSpellings(of format: TableFormat) {
        for option in format.options where !option.isVersion {
            let given = option.spellings.filter { dataset.options[$0] != nil }
            guard given.count > 1 else { continue }
            report(
                "\(given.map { "'\($0)'" }.joined(separator: " and ")) say the same; keep one",
                at: dataset.options[given[1]]?.location
            )
        }
    }

    /// Whether an option says nothing about what the dataset is used for.
    private func isIdle(_ option: FormatOption) -> Bool { option.use == (isInput ? .writing : .reading) }

    private func idleness(in format: TableFormat) -> String {
        "has a meaning only where \(format.name) is \(isInput ? "written" : "read")"
    }

    private mutating func report(_ text: String, at location: SourceLocation?, notes: [String] = []) {
        findings.append(
            Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': \(text)",
                at: location ?? dataset.location,
                notes: notes
            )
        )
    }
}

extension FormatOption.Kind {
    /// Whether a value is of this kind.
    ///
    /// Texts that say `true` or `false` count as such, as the original's files have it.
    func accepts(_ value: ConfigValue) -> Bool {
        switch (self, value.content) {
        case (.bool, .bool), (.integer, .integer), (.text, .string), (.texts, .string): true
        case (.count, .integer(let number)): number >= 0
        case (.moment, .string(let text)): Timestamp(parsing: text) != nil
        case (.bool, .string(let text)): ["true", "false"].contains(text)
        case (.scalar, .string), (.scalar, .integer), (.scalar, .double), (.scalar, .bool): true
        case (.textOrMap, .string), (.textOrMap, .map): true
        case (.texts, .list(let elements)): elements.allSatisfy { FormatOption.Kind.text.accepts($0) }
        case (.word(let words), .string(let text)): words.contains { $0.name == text }
        default: false
        }
    }

    /// What the kind is called in a sentence.
    var words: String {
        switch self {
        case .bool: "true or false"
        case .integer: "a whole number"
        case .count: "a whole number from 0"
        case .moment: "a day or a moment, for example 2026-01-31 or 2026-01-31T10:00:00Z,"
        case .text: "a text"
        case .texts: "a text or a list of texts"
        case .scalar: "a text, a number, true or false"
        case .textOrMap: "a text or a map"
        case .word(let words): "one of \(words.map(\.name).joined(separator: ", "))"
        }
    }
}

extension ConfigValue {
    /// What was found, in a sentence.
    ///
    /// Secrets stay unsaid.
    var words: String {
        if isSecret { return "a secret" }
        return switch content {
        case .null: "nothing"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "the number \(number)"
        case .double(let number): "the number \(number)"
        case .string(let text): "the text \"\(text)\""
        case .list: "a list"
        case .map: "a map"
        }
    }
}
