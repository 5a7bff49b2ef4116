/// The name of a table: its own, and that of its schema where one is said.
struct DatabaseTable: Hashable {
    let schema: String?
    let name: String

    /// Reads `table` or `schema.table`; a part that holds dots or quotes stands in double quotes.
    init?(_ text: String) {
        var parts: [String] = [""]
        var isQuoted = false
        var signs = Array(text)[...]
        while let sign = signs.popFirst() {
            switch sign {
            case "\"" where isQuoted && signs.first == "\"":
                parts[parts.count - 1].append("\"")
                signs.removeFirst()
            case "\"": isQuoted.toggle()
            case "." where !isQuoted: parts.append("")
            default: parts[parts.count - 1].append(sign)
            }
        }
        guard !isQuoted, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        schema = parts.count == 2 ? parts[0] : nil
        name = parts[parts.count - 1]
    }

    init(schema: String?, name: String) {
        self.schema = schema
        self.name = name
    }

    /// The name as SQL writes it.
    var quoted: String { [schema, name].compactMap(\.self).map(SQLText.identifier).joined(separator: ".") }

    /// The name as people write it.
    var text: String { [schema, name].compactMap(\.self).joined(separator: ".") }
}
