import TauroBasics
import TauroModel

extension BulkOption {
    /// What kind of value an option takes.
    enum Kind: String {
        case bool = "true or false"
        case integer = "a whole number"
        case string = "text"
        case strings = "text or a list of texts"
    }

    /// The value as SQL writes it, or nil where it is of another kind.
    func sql(as kind: Kind) -> String? {
        switch (self, kind) {
        case (.bool(let flag), .bool): "\(flag)"
        case (.integer(let number), .integer): "\(number)"
        case (.string(let text), .string), (.string(let text), .strings): literal(text)
        case (.strings(let texts), .strings): "[" + texts.map { literal($0) }.joined(separator: ", ") + "]"
        case (.strings(let texts), .string) where !texts.isEmpty: literal(texts[0])
        default: nil
        }
    }
}

extension [String: BulkOption] {
    /// The options under the engine's own names, sorted so that a statement is always the same.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an unknown option or a value of another kind.
    func arguments(
        _ known: [String: (name: String, kind: BulkOption.Kind)],
        of format: BulkFormat,
        separator: String = " = "
    ) throws(SQLError) -> [String] {
        var arguments: [String] = []
        for (key, value) in sorted(by: { $0.key < $1.key }) {
            guard let option = known[key] else { throw unknown(key, among: known.keys.sorted(), of: format) }
            guard let text = value.sql(as: option.kind) else {
                throw SQLError(.invalid, "the \(format.rawValue) option '\(key)' takes \(option.kind.rawValue)")
            }
            arguments.append(option.name + separator + text)
        }
        return arguments
    }

    /// Whether json is one array; nil where the options do not say.
    func jsonLayout(of format: BulkFormat) throws(SQLError) -> Bool? {
        let known = ["compression", "format"]
        for key in keys.sorted() where !known.contains(key) { throw unknown(key, among: known, of: format) }
        switch self["format"] {
        case nil: return nil
        case .string("array"): return true
        case .string("newline"): return false
        default: throw SQLError(.invalid, "the json option 'format' is 'array' or 'newline'")
        }
    }

    /// How json is compressed; nil where the options do not say.
    var jsonCompression: String? {
        if case .string(let name)? = self["compression"] { name } else { nil }
    }

    private func unknown(_ key: String, among known: [String], of format: BulkFormat) -> SQLError {
        let hint = NearestName.ending(NearestName.nearest(to: key, in: known))
        let list = known.isEmpty ? "none" : known.joined(separator: ", ")
        return SQLError(.invalid, "\(format.rawValue) has no option '\(key)' here; it has: \(list)\(hint)")
    }
}
