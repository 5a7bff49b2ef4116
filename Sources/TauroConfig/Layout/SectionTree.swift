import TauroModel

/// One section of a project, of all its files together.
struct SectionTree {
    /// The section's map, without wrapper and with overlays merged; nil where a file of it could not be read.
    var root: ConfigValue?
    /// Whether the project has it at all.
    var isPresent = false

    /// Lays `overlay` of `section` over what is there.
    mutating func merge(_ overlay: ConfigValue, of section: ConfigSection) {
        let keys: Overlay.Keys = section.holdsEntries ? .entries(section.keySet) : .described(section.keySet)
        root = isPresent ? root.map { Overlay.merge($0, under: overlay, keys) } : overlay
        isPresent = true
    }

    /// Notes that a file of the section could not be read.
    mutating func markUnreadable() {
        root = nil
        isPresent = true
    }
}
