extension JSONValue {
    /// How a document is laid out.
    package enum Layout: Sendable {
        /// On one line, without spaces.
        case compact
        /// One member or element a line, two spaces a level.
        case pretty
    }

    /// The document as text.
    ///
    /// Numbers that are not finite become `null`, as JSON has none.
    package func text(_ layout: Layout = .compact) -> String {
        var writer = JSONWriter(layout)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Gathers a document's bytes.
private struct JSONWriter {
    var bytes: [UInt8] = []
    private let isPretty: Bool
    private var level = 0

    init(_ layout: JSONValue.Layout) {
        isPretty = layout == .pretty
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .double(let number): append(number.isFinite ? String(number) : "null")
        case .string(let text): write(text)
        case .array(let elements):
            write(elements, between: "[", "]") { $0.write($1) }
        case .object(let members):
            write(members, between: "{", "}") { writer, member in
                writer.write(member.key)
                writer.append(writer.isPretty ? ": " : ":")
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Item>(
        _ items: [Item],
        between open: String,
        _ close: String,
        _ writeItem: (inout JSONWriter, Item) -> Void
    ) {
        append(open)
        level += 1
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            breakLine()
            writeItem(&self, item)
        }
        level -= 1
        if !items.isEmpty { breakLine() }
        append(close)
    }

    private mutating func breakLine() {
        guard isPretty else { return }
        append("\n")
        for _ in 0..<level { append("  ") }
    }

    private mutating func write(_ text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20: append(byte < 0x10 ? "\\u000" : "\\u00", String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        append("\"")
    }

    private mutating func append(_ texts: String...) {
        for text in texts { bytes.append(contentsOf: text.utf8) }
    }
}
