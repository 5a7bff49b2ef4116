import TauroModel

/// Reads names of nodes in the forms people write them: a name, a map with the name as its key, or a list of both.
struct NameList {
    /// The key as written, for example `dependencies`.
    let field: String
    let owner: Owner
    /// Whether a map with `name` is a form too, as in a pipeline's `nodes`.
    let takesNamedMaps: Bool
    let findings: Findings

    /// The names in order, each once.
    func read(_ value: ConfigValue) -> [Located<String>] {
        var names: [Located<String>] = []
        switch value.content {
        case .list(let items):
            for (index, item) in items.enumerated() {
                if let name = read(item, number: index + 1) { names.append(name) }
            }
        case .map(let entries): names = entries.map(name)
        default: names = name(of: value).map { [$0] } ?? []
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0.value).inserted }
    }

    private func read(_ value: ConfigValue, number: Int) -> Located<String>? {
        if findings.isUnusable(value) { return nil }
        switch value.content {
        case .null:
            let subject = takesNamedMaps ? "Node" : "Dependency"
            findings.error(
                "\(subject) cannot be None: item \(number) of `\(field)` of \(owner.description) is empty.",
                at: value.location,
                notes: ["Write the name of a node, or remove the item."]
            )
            return nil
        case .map(let entries): return onlyName(of: entries, in: value)
        default: return name(of: value)
        }
    }

    private func onlyName(of entries: [ConfigValue.Entry], in value: ConfigValue) -> Located<String>? {
        if takesNamedMaps, let named = value["name"], case .string = named.content {
            guard let name = name(of: named) else { return nil }
            if entries.count > 1 { warnIgnored(name.value, at: value.location) }
            return name
        }
        if entries.count == 1, let entry = entries.first { return name(entry) }
        let found = entries.isEmpty ? "none" : entries.map { "`\($0.key)`" }.joined(separator: ", ")
        findings.error(
            "A map in `\(field)` of \(owner.description) must have exactly one key, the name of a node; "
                + "found \(found).",
            at: value.location,
            notes: ["Begin each name with `- ` on a line of its own."]
        )
        return nil
    }

    private func name(_ entry: ConfigValue.Entry) -> Located<String> {
        switch entry.value.content {
        case .null, .map([]): break
        default: warnIgnored(entry.key, at: entry.value.location)
        }
        return Located(entry.key, at: entry.keyLocation)
    }

    private func name(of value: ConfigValue) -> Located<String>? {
        if value.isSecret {
            findings.error("`\(field)` of \(owner.description) can not hold a secret.", at: value.location)
            return nil
        }
        switch value.content {
        case .string(let text) where !text.isEmpty: return Located(text, at: value.location)
        // A name of digits alone needs no quotes.
        case .integer(let number): return Located(String(number), at: value.location)
        default:
            findings.error(
                "`\(field)` of \(owner.description): expected the name of a node, found \(ValueDescription.of(value)).",
                at: value.location
            )
            return nil
        }
    }

    private func warnIgnored(_ name: String, at location: SourceLocation) {
        findings.warning(
            "What stands under `\(name)` in `\(field)` of \(owner.description) has no effect.",
            at: location,
            notes: ["Settings of a node belong to its entry in `nodes`."]
        )
    }
}
