import TauroModel

/// One configuration file as a tree of values.
struct ConfigDocument {
    /// The whole file; null where it is empty.
    var root: ConfigValue
    /// Whether any text has a `${`, so that files without need no second walk.
    var hasReferences = false
    /// Where texts with a `${` stand in quotes: what they become stays text, whatever it looks like.
    var quotedTemplates: Set<SourceLocation> = []
}
