import TauroModel

/// Lays one tree over another.
enum Overlay {
    /// What the keys of a map are.
    enum Keys {
        /// People's own.
        case own
        /// People's own, each over a map with these keys.
        case entries(ConfigKeySet)
        /// These.
        case described(ConfigKeySet)
    }

    /// Maps merge deeply; scalars and lists of `overlay` replace what is below them.
    ///
    /// New keys come last. Two spellings of one key are one key, and the overlay's spelling stays.
    static func merge(_ base: ConfigValue, under overlay: ConfigValue, _ keys: Keys = .own) -> ConfigValue {
        guard case .map(let below) = base.content, case .map(let added) = overlay.content else { return overlay }
        var entries = keys.isNode ? DottedFunction.adapt(below, to: added) : below
        let positions = Dictionary(
            entries.enumerated().map { ($1.key, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for entry in added {
            if let position = positions[entry.key] {
                entries[position].value = merge(entries[position].value, under: entry.value, keys.below(entry.key))
            } else if let position = keys.otherSpelling(of: entry.key, in: entries),
                !added.contains(where: { $0.key == entries[position].key })
            {
                let value = merge(entries[position].value, under: entry.value, keys.below(entry.key))
                entries[position] = ConfigValue.Entry(key: entry.key, keyLocation: entry.keyLocation, value: value)
            } else {
                entries.append(entry)
            }
        }
        return ConfigValue(.map(entries), at: base.location)
    }
}

extension Overlay.Keys {
    /// Whether the map is a node.
    fileprivate var isNode: Bool {
        if case .described(let keySet) = self { keySet.position(of: "module") != nil } else { false }
    }

    /// What the keys of the map under `key` are.
    fileprivate func below(_ key: String) -> Overlay.Keys {
        switch self {
        case .own: .own
        case .entries(let keySet): .described(keySet)
        case .described(let keySet): keySet.keys(below: key).map { .described($0) } ?? .own
        }
    }

    /// Where the key stands under another of its names.
    fileprivate func otherSpelling(of key: String, in entries: [ConfigValue.Entry]) -> Int? {
        guard case .described(let keySet) = self, let position = keySet.position(of: key) else { return nil }
        return entries.firstIndex { keySet.position(of: $0.key) == position }
    }
}

/// The two forms of a function's name, which a node and what lies over it may each have: `function: a.b.c`, and
/// `module: a.b` with `function: c`.
private enum DottedFunction {
    /// The entries of a node, so that `overlay` can lie over them: a whole name takes the place of both parts, and one
    /// part that of its like.
    static func adapt(_ entries: [ConfigValue.Entry], to overlay: [ConfigValue.Entry]) -> [ConfigValue.Entry] {
        switch (text("module", in: overlay), text("function", in: overlay)) {
        case (nil, let function?) where function.contains("."): entries.filter { $0.key != "module" }
        case (_?, nil) where text("module", in: entries) == nil: entries.map(lastPart)
        default: entries
        }
    }

    private static func lastPart(_ entry: ConfigValue.Entry) -> ConfigValue.Entry {
        guard entry.key == "function", case .string(let name) = entry.value.content,
            let dot = name.lastIndex(of: ".")
        else { return entry }
        var entry = entry
        entry.value.content = .string(String(name[name.index(after: dot)...]))
        return entry
    }

    private static func text(_ key: String, in entries: [ConfigValue.Entry]) -> String? {
        guard case .string(let text)? = entries.first(where: { $0.key == key })?.value.content else { return nil }
        return text
    }
}
