import TauroModel

/// A key of a project as people write it: `nodes.extract.params.days`, taken apart.
struct ConfigKeyPath {
    /// Why there is no such key.
    struct Problem: Error {
        let message: String
        let note: String
    }

    let section: ConfigSection
    /// The node, pipeline or dataset; nil for a section as a whole, and in global settings.
    let entry: String?
    /// The key and what is looked up under it; empty for an entry as a whole.
    let key: ArraySlice<String>

    init(_ section: ConfigSection, _ entry: String?, _ key: ArraySlice<String>) {
        self.section = section
        self.entry = entry
        self.key = key
    }

    /// Reads a key; `root` gives the tree of a section, so that names with dots are known.
    init(_ text: String, root: (ConfigSection) -> ConfigValue?) throws(Problem) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let section = ConfigSection(named: parts[0]) else {
            throw .unknown(parts[0], below: "", in: ConfigSection.allCases.map(\.rawValue))
        }
        self.section = section
        let rest = parts.dropFirst()
        if !section.holdsEntries || rest.isEmpty {
            entry = nil
            key = rest
            return
        }
        let names = root(section)?.keys ?? []
        let known = Set(names)
        let count = (1...rest.count).last { known.contains(rest.prefix($0).joined(separator: ".")) }
        guard let count else {
            throw .unknown(rest.joined(separator: "."), below: "\(section.rawValue).", in: names)
        }
        entry = rest.prefix(count).joined(separator: ".")
        key = rest.dropFirst(count)
    }

    /// Where the path leads in a tree of its section.
    func find(in root: ConfigValue?) -> FoundValue? {
        guard let root else { return nil }
        guard let entry else { return root.find(key, keySet) }
        guard let value = root.find([entry], nil) else { return nil }
        return key.isEmpty ? value : value.value.find(key, keySet)
    }

    /// The keys of the section's entries, or of the section itself.
    var keySet: ConfigKeySet? { section.keySet }

    /// Checks that a key that nothing sets is one that could be set.
    ///
    /// `root` is the effective tree of the section.
    func checkIsKnown(in root: ConfigValue?) throws(Problem) {
        var value = entry.flatMap { root?.find([$0], nil)?.value } ?? root
        var keySet = keySet
        var below = ([section.rawValue] + (entry.map { [$0] } ?? [])).joined(separator: ".") + "."
        for part in key {
            let next = value?.find([part], keySet)?.value
            if next == nil, keySet?.key(part) == nil {
                let described = keySet?.keys.map(\.name) ?? []
                let own = (value?.keys ?? []).filter { keySet?.key($0) == nil }
                throw .unknown(part, below: below, in: own + described)
            }
            value = next
            keySet = keySet?.keys(below: part)
            below += "\(part)."
        }
    }
}

extension ConfigKeyPath.Problem {
    /// A name that is not among those that are there.
    fileprivate static func unknown(_ name: String, below: String, in known: [String]) -> Self {
        let end = Suggestion.end(for: name, in: known) { "`\(below)\($0)`" }
        let names = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
        return Self(
            message: "The configuration has no key `\(below)\(name)`\(end)",
            note: known.isEmpty ? "There is nothing under `\(below.dropLast())`." : "Known there: \(names)."
        )
    }
}
