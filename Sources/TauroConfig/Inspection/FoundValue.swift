import TauroModel

/// A value in a tree, and the place that people look for it at.
struct FoundValue {
    let value: ConfigValue
    /// The key of a map or list, since that begins before what it holds; else the value itself.
    let location: SourceLocation
}

extension ConfigValue {
    /// The value at a path of keys, of which each map takes as many as one of its own keys has dots for.
    ///
    /// `keySet` describes the keys of this map, if it is described, so that every spelling of a key is found.
    func find(_ path: ArraySlice<String>, _ keySet: ConfigKeySet?) -> FoundValue? {
        find(path, keySet, at: location)
    }

    private func find(_ path: ArraySlice<String>, _ keySet: ConfigKeySet?, at place: SourceLocation) -> FoundValue? {
        guard let first = path.first else { return FoundValue(value: self, location: place) }
        switch content {
        case .map:
            for count in (1...path.count).reversed() {
                guard let entry = entry(path.prefix(count).joined(separator: "."), keySet) else { continue }
                let place = entry.value.isContainer ? entry.keyLocation : entry.value.location
                return entry.value.find(path.dropFirst(count), keySet?.keys(below: first), at: place)
            }
            return nil
        case .list(let items):
            guard let index = Int(first), items.indices.contains(index) else { return nil }
            return items[index].find(path.dropFirst(), nil, at: items[index].location)
        default: return nil
        }
    }

    private func entry(_ key: String, _ keySet: ConfigKeySet?) -> Entry? {
        if let entry = entry(key) { return entry }
        guard let keySet, let position = keySet.position(of: key), case .map(let entries) = content else { return nil }
        return entries.first { keySet.position(of: $0.key) == position }
    }

    private var isContainer: Bool {
        switch content {
        case .map, .list: true
        default: false
        }
    }

    /// The keys of a map; none of anything else.
    var keys: [String] {
        if case .map(let entries) = content { entries.map(\.key) } else { [] }
    }
}

extension ConfigKeySet {
    /// The description of a spelling of a key.
    func key(_ spelling: String) -> ConfigKey? { position(of: spelling).map { keys[$0] } }

    /// The keys that stand under a key, if they are described.
    func keys(below spelling: String) -> ConfigKeySet? {
        switch key(spelling)?.type {
        case .keys(let inner)?: return inner
        case .either(let types)?:
            return types.lazy.compactMap { if case .keys(let inner) = $0 { inner } else { nil } }.first
        default: return nil
        }
    }
}
