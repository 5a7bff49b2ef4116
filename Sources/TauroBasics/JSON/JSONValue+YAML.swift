extension JSONValue {
    /// The document as YAML 1.2 in block style, two spaces a level, without a line end after the last line.
    ///
    /// Read back by the core schema it is the same document: texts that would read as something else stand in quotes.
    package var yaml: String { YAMLWriter.lines(self).joined(separator: "\n") }
}

/// Lays a document out in lines.
private enum YAMLWriter {
    static func lines(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let members) where !members.isEmpty: members.flatMap(lines)
        case .array(let elements) where !elements.isEmpty: elements.flatMap(lines(ofItem:))
        default: [scalar(value)]
        }
    }

    private static func lines(_ member: JSONValue.Member) -> [String] {
        let key = "\(text(member.key)):"
        if isScalar(member.value) { return ["\(key) \(scalar(member.value))"] }
        return [key] + lines(member.value).map { "  \($0)" }
    }

    /// The first line stands behind the dash, the others below it.
    private static func lines(ofItem item: JSONValue) -> [String] {
        lines(item).enumerated().map { "\($0 == 0 ? "- " : "  ")\($1)" }
    }

    private static func isScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): members.isEmpty
        case .array(let elements): elements.isEmpty
        default: true
        }
    }

    private static func scalar(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): self.text(text)
        case .double(let number) where number.isNaN: ".nan"
        case .double(let number) where number.isInfinite: number < 0 ? "-.inf" : ".inf"
        default: value.text()
        }
    }

    /// Quotes are JSON's, of which YAML takes every form.
    private static func text(_ text: String) -> String {
        isPlain(text) ? text : escapingControls(JSONValue.string(text).text())
    }

    /// Whether the text reads as itself without quotes, in YAML 1.1 too.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isASCIILetter || "_/<".utf8.contains(first), text.utf8.last != 0x20,
            text != "<<", !words.contains(text.lowercased())
        else { return false }
        return text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "_-./<> $+@%".utf8.contains($0) }
    }

    private static let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// JSON leaves some control characters as they are, YAML does not take them.
    private static func escapingControls(_ quoted: String) -> String {
        if quoted.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return quoted }
        return quoted.unicodeScalars.map { scalar in
            let isPrinted = scalar.properties.generalCategory != .control && scalar.value != 0xFEFF
            if isPrinted { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
