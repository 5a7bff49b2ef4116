import TauroModel

@testable import TauroConfig

/// One document, read from memory.
struct ReadDocument {
    /// Nil where the document was refused as a whole.
    let root: ConfigValue?
    let diagnostics: [Diagnostic]

    init(yaml bytes: [UInt8]) {
        self.init(YAMLFileReader.read, bytes)
    }

    init(json bytes: [UInt8]) {
        self.init(JSONFileReader.read, bytes)
    }

    private init(_ read: ([UInt8], String, Findings) -> ConfigDocument?, _ bytes: [UInt8]) {
        let findings = Findings()
        root = read(bytes, "f", findings)?.root
        diagnostics = findings.sorted
    }

    /// The values in a short notation, `{a: [1, 1.5, "text", null]}`, or the first finding as `line:column: message`.
    var text: String {
        if let first = diagnostics.first {
            return "\(first.location?.line ?? 0):\(first.location?.column ?? 0): \(first.message)"
        }
        return root.map(ReadDocument.text) ?? ""
    }

    private static func text(of value: ConfigValue) -> String {
        switch value.content {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): quoted(text)
        case .list(let items): "[\(items.map(self.text).joined(separator: ", "))]"
        case .map(let entries): "{\(entries.map { "\($0.key): \(self.text(of: $0.value))" }.joined(separator: ", "))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\t": "\\t"
            case "\"": "\\\""
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
