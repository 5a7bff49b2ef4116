/// The text of the note that describes a node, by include/tauro/NOTE-GRAMMAR.md.
func noteText(for node: NodeDeclaration) -> String {
    var text = "node\t\(node.name)\t\(node.symbol)\n"
    if let documentation = node.documentation { text += "doc\t\(quoted(documentation))\n" }
    if node.result != .frame { text += "returns\t\(node.result.rawValue)\n" }
    if node.isRowwise { text += "rowwise\n" }
    for argument in node.arguments {
        if let word = argument.inputWord { text += "in\t\(word)\t\(argument.name)\n" }
    }
    if node.takesML { text += "ml\n" }
    for argument in node.arguments {
        guard case .parameter(let type, let defaultLiteral) = argument.kind else { continue }
        text += "param\t\(type.rawValue)\t\(argument.name)\t\(defaultLiteral ?? "TAURO_REQUIRED")\n"
    }
    return text
}

/// The text of the note that names a plugin.
func noteText(forPlugin name: String, version: String, isSerial: Bool) -> String {
    "plugin\t\(name)\t\(version)\n" + (isSerial ? "flag\tserial\n" : "")
}

/// `text` as a string literal of C, the form the note's grammar asks for.
func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": literal += "\\\""
        case "\\": literal += "\\\\"
        case "\n": literal += "\\n"
        case "\t": literal += "\\t"
        case "\r": literal += "\\r"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            let octal = String(scalar.value, radix: 8)
            literal += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
        default: literal.unicodeScalars.append(scalar)
        }
    }
    return literal + "\""
}

/// Whether every character of `text` can stand in a field of the note.
func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
}
