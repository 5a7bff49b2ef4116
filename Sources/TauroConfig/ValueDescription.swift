import TauroModel

/// A value in words, for "found …".
enum ValueDescription {
    /// The words, for example `the text "four"`.
    ///
    /// A secret is never shown.
    static func of(_ value: ConfigValue) -> String {
        if value.isSecret { return "a secret" }
        switch value.content {
        case .null: return "nothing"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return "the whole number \(number)"
        case .double(let number): return "the number \(number)"
        case .string(let text): return "the text \(quoted(text))"
        case .list(let items): return items.isEmpty ? "an empty list" : "a list"
        case .map(let entries): return entries.isEmpty ? "an empty map" : "a map"
        }
    }

    /// The text in double quotes on one line, cut where it is long.
    static func quoted(_ text: String) -> String {
        let line = text.prefix(60).map { $0.isNewline || $0 == "\t" ? " " : $0 }
        return "\"\(String(line))\(text.count > 60 ? "…" : "")\""
    }
}
