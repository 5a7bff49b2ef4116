import TauroModel

/// Finds a section in a file that holds it bare or under its name.
struct Wrapping {
    let findings: Findings

    /// The section's map; nil where the file holds no map.
    func unwrap(_ root: ConfigValue, _ section: ConfigSection) -> ConfigValue? {
        guard let entries = entries(of: root, section) else { return nil }
        guard let wrapper = entries.first(where: { isWrapper($0, of: section) }) else {
            return ConfigValue(.map(entries), at: root.location)
        }
        for entry in entries where entry.key != wrapper.key {
            if section == .nodes, entry.key == "type" { continue }
            findings.error(
                "`\(entry.key)` stands beside `\(wrapper.key)`, which holds everything of this file.",
                at: entry.keyLocation,
                notes: ["Put it under `\(wrapper.key)`, or remove `\(wrapper.key)` itself."]
            )
        }
        guard let inner = self.entries(of: wrapper.value, section) else { return nil }
        // A scalar `type` beside the nodes is the pipeline's type in either form.
        let beside = section == .nodes ? entries.filter { $0.key == "type" } : []
        return ConfigValue(.map(beside + inner), at: wrapper.value.location)
    }

    /// The sections of a file that holds several, in the order of the file.
    func split(_ root: ConfigValue) -> [(section: ConfigSection, value: ConfigValue)] {
        var sections: [(section: ConfigSection, value: ConfigValue)] = []
        for entry in entries(of: root, nil) ?? [] {
            guard let section = ConfigSection(named: entry.key) else {
                rejectSection(entry)
                continue
            }
            if sections.contains(where: { $0.section == section }) {
                findings.error(
                    "`\(entry.key)` is a second spelling of the section `\(section.rawValue)`.",
                    at: entry.keyLocation,
                    notes: ["Keep one of them."]
                )
                continue
            }
            if let inner = entries(of: entry.value, section) {
                sections.append((section, ConfigValue(.map(inner), at: entry.value.location)))
            }
        }
        return sections
    }

    /// Whether any key of the file is the name of a section.
    func hasSections(_ root: ConfigValue) -> Bool {
        guard case .map(let entries) = root.content else { return false }
        return entries.contains { ConfigSection(named: $0.key) != nil }
    }

    private func rejectSection(_ entry: ConfigValue.Entry) {
        let names = ConfigSection.allCases.flatMap(\.names)
        let end = Suggestion.end(for: entry.key, in: names)
        let known = ConfigSection.allCases.map(\.rawValue).joined(separator: ", ")
        findings.error(
            "`\(entry.key)` is not a section of a configuration\(end)",
            at: entry.keyLocation,
            notes: ["Sections: \(known)."]
        )
    }

    private func isWrapper(_ entry: ConfigValue.Entry, of section: ConfigSection) -> Bool {
        guard section.names.contains(entry.key) else { return false }
        // No entry is anything but a map, so a list was meant to be all of them.
        guard case .map = entry.value.content else { return entry.value.content == .null || section.holdsEntries }
        guard let entryKey = section.entryKey, let inner = entry.value[entryKey] else { return true }
        if case .map = inner.content { return true }
        return false
    }

    /// The entries of a section, or of a file with several; in global settings any key counts.
    private func entries(of value: ConfigValue, _ section: ConfigSection?) -> [ConfigValue.Entry]? {
        let value = section == .globalSettings ? Asides.schemaRemoved(from: value) : Asides.removed(from: value)
        switch value.content {
        case .map(let entries): return entries
        case .null: return []
        default:
            findings.error("Expected a map of keys, found \(ValueDescription.of(value)).", at: value.location)
            return nil
        }
    }
}
