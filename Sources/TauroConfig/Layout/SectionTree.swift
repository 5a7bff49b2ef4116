import TauroModel

/// One section of a project, of all its files together.
struct SectionTree {
    /// The section's map, without wrapper and with overlays merged; nil where a file of it could not be read.
    var root: ConfigValue?
    /// Whether the project has it at all.
    var isPresent = false

    /// Lays `overlay` over what is there.
    mutating func merge(_ overlay: ConfigValue) {
        root = isPresent ? root.map { Overlay.merge($0, under: overlay) } : overlay
        isPresent = true
    }

    /// Notes that a file of the section could not be read.
    mutating func markUnreadable() {
        root = nil
        isPresent = true
    }
}

/// Lays one tree over another.
enum Overlay {
    /// Maps merge deeply; scalars and lists of `overlay` replace what is below them.
    ///
    /// New keys come last.
    static func merge(_ base: ConfigValue, under overlay: ConfigValue) -> ConfigValue {
        guard case .map(var entries) = base.content, case .map(let added) = overlay.content else { return overlay }
        let positions = Dictionary(
            entries.enumerated().map { ($1.key, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for entry in added {
            if let position = positions[entry.key] {
                entries[position].value = merge(entries[position].value, under: entry.value)
            } else {
                entries.append(entry)
            }
        }
        return ConfigValue(.map(entries), at: base.location)
    }
}
