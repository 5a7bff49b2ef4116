import TauroModel

/// A map or list whose end has not been read.
struct OpenContainer {
    enum Kind {
        case map
        case list
    }

    /// What becomes of the next value of a map.
    enum Slot {
        /// It is a key.
        case key
        /// It is the value of this key.
        case value(String, SourceLocation)
        /// It is merged into the map; the merge key stands there.
        case merge(SourceLocation)
        /// Its key was refused, and it goes the same way.
        case discard
    }

    let anchor: String?
    /// Whether the container stands where a key should, and is thrown away.
    let isKey: Bool
    var slot = Slot.key
    /// How many values the container holds, itself included.
    private(set) var weight = 1
    /// How many levels of containers there are from here down.
    private(set) var height = 1
    private let kind: Kind
    private let location: SourceLocation
    private var items: [ConfigValue] = []
    private var entries: [ConfigValue.Entry] = []
    private var merged: (position: Int, value: ConfigValue, key: SourceLocation)?
    /// Where each key stands; filled only once a map is too long to be searched from its start.
    private var keyPositions: [String: Int] = [:]

    init(kind: Kind, location: SourceLocation, anchor: String?, isKey: Bool) {
        self.kind = kind
        self.location = location
        self.anchor = anchor
        self.isKey = isKey
    }

    var expectsKey: Bool {
        if kind == .map, case .key = slot { return true }
        return false
    }

    /// The place of a key that is already there.
    mutating func location(ofKey key: String, isMerge: Bool) -> SourceLocation? {
        if isMerge { return merged?.key }
        if entries.count < 16 { return entries.first { $0.key == key }?.keyLocation }
        while keyPositions.count < entries.count {
            keyPositions[entries[keyPositions.count].key] = keyPositions.count
        }
        return keyPositions[key].map { entries[$0].keyLocation }
    }

    /// Takes the next value.
    mutating func append(_ value: ConfigValue, weight: Int, height: Int) {
        self.weight += weight
        self.height = max(self.height, height + 1)
        guard kind == .map else {
            items.append(value)
            return
        }
        switch slot {
        case .value(let key, let location):
            entries.append(ConfigValue.Entry(key: key, keyLocation: location, value: value))
        case .merge(let key): merged = (entries.count, value, key)
        case .key, .discard: break
        }
        slot = .key
    }

    /// The finished map or list.
    var value: ConfigValue {
        switch kind {
        case .list: ConfigValue(.list(items), at: location)
        case .map:
            ConfigValue(.map(merged.map { mergedEntries(at: $0.position, from: $0.value) } ?? entries), at: location)
        }
    }

    /// The maps that a merge key's value names; nil where it is no map and no list of maps.
    static func mergeSources(of value: ConfigValue) -> [[ConfigValue.Entry]]? {
        switch value.content {
        case .map(let entries): return [entries]
        case .list(let items):
            let maps = items.compactMap { item in
                if case .map(let entries) = item.content { entries } else { nil }
            }
            return maps.count == items.count ? maps : nil
        default: return nil
        }
    }

    /// Own keys win over merged ones, and an earlier merged map over a later one.
    private func mergedEntries(at position: Int, from value: ConfigValue) -> [ConfigValue.Entry] {
        var seen = Set(entries.map(\.key))
        let added = (Self.mergeSources(of: value) ?? []).joined().filter { seen.insert($0.key).inserted }
        return entries[..<position] + added + entries[position...]
    }
}
