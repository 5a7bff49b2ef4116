import TauroModel

/// Reads one node's note into a signature, line by line in the order of the grammar.
struct NoteParser {
    /// Most inputs of a node.
    static let mostInputs = 16
    /// Most parameters of a node.
    static let mostParameters = 48

    /// How far the lines have come; a later group is never followed by an earlier one.
    private enum Group: Int {
        case about
        case inputs
        case ml
        case parameters
    }

    private let name: String
    private let symbol: String
    private var group = Group.about
    private var documentation: [String] = []
    private var result: NodeSignature.Result?
    private var isRowwise = false
    private var inputs: [NodeSignature.Input] = []
    private var takesML = false
    private var parameters: [NodeSignature.Parameter] = []

    /// Reads the lines of a note that begins with a `node` line.
    ///
    /// - Throws: `PluginFormatError`, which names node, line, what was found and what was expected.
    static func signature(
        _ note: NoteText,
        plugin: NodeSignature.Plugin
    ) throws(PluginFormatError) -> NodeSignature {
        var parser = try NoteParser(first: note.lines[0])
        for line in note.lines.dropFirst() { try parser.read(line) }
        return NodeSignature(
            name: parser.name,
            symbol: parser.symbol,
            documentation: parser.documentation.isEmpty ? nil : parser.documentation.joined(separator: "\n"),
            result: parser.result ?? .frame,
            isRowwise: parser.isRowwise,
            inputs: parser.inputs,
            takesML: parser.takesML,
            parameters: parser.parameters,
            plugin: plugin
        )
    }

    private init(first line: NoteText.Line) throws(PluginFormatError) {
        let fields = line.fields(2)
        guard let fields, NoteWord.isDotted(fields[0]), NoteWord.isSymbol(fields[1]) else {
            throw PluginFormatError(
                "is malformed: a node's note begins with '\(line.text.shown)'; expected "
                    + "node, a dotted name such as flights.etl.clean, and a symbol, with tabs between",
                fields == nil ? .note : .names
            )
        }
        self.name = String(fields[0])
        self.symbol = String(fields[1])
    }

    private mutating func read(_ line: NoteText.Line) throws(PluginFormatError) {
        if line.word.hasPrefix("x-") { return }
        switch line.word {
        case "doc", "returns", "rowwise":
            try enter(.about, line)
            try readAbout(line)
        case "in":
            try enter(.inputs, line)
            try readInput(line)
        case "ml":
            try enter(.ml, line)
            guard line.rest == nil, !takesML else { throw malformed(line, "one 'ml' line without more") }
            takesML = true
        case "param":
            try enter(.parameters, line)
            try readParameter(line)
        default:
            throw malformed(line, "doc, returns, rowwise, in, ml, param, or a word that begins with x-")
        }
    }

    private mutating func enter(_ next: Group, _ line: NoteText.Line) throws(PluginFormatError) {
        guard next.rawValue >= group.rawValue else {
            throw malformed(line, "the order doc, returns and rowwise, then in, then ml, then param")
        }
        group = next
    }

    private mutating func readAbout(_ line: NoteText.Line) throws(PluginFormatError) {
        switch (line.word, line.rest) {
        case ("rowwise", nil): isRowwise = true
        case ("doc", let rest?):
            documentation.append(
                try literal(line) { () throws(CLiteral.Malformed) in
                    try CLiteral.string(rest)
                }
            )
        case ("returns", let rest?):
            guard let said = NodeSignature.Result(rawValue: String(rest)), result == nil || result == said else {
                throw malformed(line, "returns and one of frame, artifact, nothing")
            }
            result = said
        default: throw malformed(line, line.word == "rowwise" ? "rowwise without more" : "a tab and more")
        }
    }

    private mutating func readInput(_ line: NoteText.Line) throws(PluginFormatError) {
        guard let fields = line.fields(2), let kind = NodeSignature.Input.Kind(rawValue: String(fields[0])) else {
            throw malformed(line, "in, one of frame, artifact, frames, and a name, with tabs between")
        }
        if let last = inputs.last, last.kind == .frames {
            throw malformed(line, "no input after '\(last.name)', which takes all remaining frames")
        }
        guard inputs.count < NoteParser.mostInputs else {
            throw malformed(line, "at most \(NoteParser.mostInputs) inputs")
        }
        let name = try checkedName(fields[1], line)
        if kind == .frames, let other = inputs.first(where: { isTable($0.name, ofList: name) }) {
            throw malformed(line, "another name: '\(other.name)' would be the name of two tables", .names)
        }
        inputs.append(NodeSignature.Input(kind: kind, name: name))
    }

    /// Whether `name` is also the name of a frame in the list `list`, which are `list_0`, `list_1` and so on.
    private func isTable(_ name: String, ofList list: String) -> Bool {
        guard name.hasPrefix(list + "_") else { return false }
        let digits = name.utf8.dropFirst(list.utf8.count + 1)
        return !digits.isEmpty && digits.allSatisfy(CLiteral.isDigit)
    }

    private mutating func readParameter(_ line: NoteText.Line) throws(PluginFormatError) {
        guard let fields = line.fields(3), let type = ParameterType(rawValue: String(fields[0])) else {
            throw malformed(line, "param, one of i64, f64, bool, str, a name, and a default, with tabs between")
        }
        guard parameters.count < NoteParser.mostParameters else {
            throw malformed(line, "at most \(NoteParser.mostParameters) parameters")
        }
        let name = try checkedName(fields[1], line)
        var value: ParameterValue?
        if fields[2] != "TAURO_REQUIRED" {
            value = try literal(line, .defaults) { () throws(CLiteral.Malformed) in
                try NoteParser.value(fields[2], type)
            }
        }
        parameters.append(NodeSignature.Parameter(name: name, type: type, defaultValue: value))
    }

    private static func value(
        _ source: Substring,
        _ type: ParameterType
    ) throws(CLiteral.Malformed) -> ParameterValue {
        switch type {
        case .int64: .int64(try CLiteral.int64(source))
        case .float64: .float64(try CLiteral.float64(source))
        case .bool: .bool(try CLiteral.bool(source))
        case .string: .string(try CLiteral.string(source))
        }
    }

    private func checkedName(_ text: Substring, _ line: NoteText.Line) throws(PluginFormatError) -> String {
        let name = String(text)
        guard NoteWord.isIdentifier(name) else {
            throw malformed(line, "a name of letters, digits and underscores", .names)
        }
        guard !NoteWord.reserved.contains(name) else {
            throw malformed(line, "another name: '\(name)' is an argument of every node", .names)
        }
        // SQL does not tell `X` from `x`, and every name is one in SQL.
        guard !(inputs.map(\.name) + parameters.map(\.name)).contains(where: { $0.lowercased() == name.lowercased() })
        else {
            throw malformed(line, "another name: '\(name)' appears twice", .names)
        }
        return name
    }

    private func literal<Value>(
        _ line: NoteText.Line,
        _ check: PluginCheck = .note,
        _ read: () throws(CLiteral.Malformed) -> Value
    ) throws(PluginFormatError) -> Value {
        do throws(CLiteral.Malformed) {
            return try read()
        } catch {
            throw malformed(line, error.expected, check)
        }
    }

    private func malformed(
        _ line: NoteText.Line,
        _ expected: String,
        _ check: PluginCheck = .note
    ) -> PluginFormatError {
        PluginFormatError(
            "is malformed: the note of node '\(name)', line \(line.number) '\(line.text.shown)': expected \(expected)",
            check,
            node: name
        )
    }
}

extension NoteWord {
    /// Whether `text` can be the name of a symbol.
    static func isSymbol(_ text: some StringProtocol) -> Bool { !text.isEmpty && !text.utf8.contains(0x09) }
}

extension Substring {
    /// The text for a message: tabs visible, other control characters replaced, and not too long.
    var shown: String {
        var shown = ""
        for scalar in unicodeScalars.prefix(120) {
            switch scalar.value {
            case 0x09: shown += "\\t"
            case 0..<0x20, 0x7f: shown += "?"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
