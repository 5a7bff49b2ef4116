import TauroModel

/// What one file says of one section, as it is written there.
struct ConfigLayer {
    let section: ConfigSection
    /// The section's map, without wrapper and with its references.
    let root: ConfigValue
}
