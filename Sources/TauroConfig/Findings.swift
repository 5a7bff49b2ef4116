import TauroModel

/// What is wrong with a project, gathered while it is read.
///
/// Belongs to one load and one thread.
final class Findings {
    private var diagnostics: [Diagnostic] = []
    private var known: Set<Diagnostic> = []
    private var unusable: Set<SourceLocation> = []
    private var damage = 0
    /// The places of entries that could not be read in full.
    private(set) var doubtful: Set<SourceLocation> = []
    /// Whether something is wrong with so much that what is left says nothing about the rest.
    private(set) var isProjectDoubtful = false

    /// Adds something that has to be changed before the project can be used.
    func error(_ message: String, at location: SourceLocation?, notes: [String] = []) {
        damage += 1
        add(Diagnostic(.error, .configuration, message, at: location, notes: notes))
    }

    /// Adds something that is probably not meant so.
    func warning(_ message: String, at location: SourceLocation?, notes: [String] = []) {
        add(Diagnostic(.warning, .configuration, message, at: location, notes: notes))
    }

    /// Notes that the value at `location` was complained about, so that nothing else is said about it.
    func markUnusable(_ location: SourceLocation) { unusable.insert(location) }

    /// Whether the value was complained about.
    func isUnusable(_ value: ConfigValue) -> Bool {
        if unusable.isEmpty || !unusable.contains(value.location) { return false }
        damage += 1
        return true
    }

    /// Reads the entry at `place`, and notes it as doubtful where it can not be read in full.
    ///
    /// Where nothing comes of it, so that its name leads nowhere, all that names it is in doubt too.
    func readingEntry<Value>(at place: SourceLocation, _ read: () -> Value?) -> Value? {
        let before = damage
        let value = read()
        if damage > before { doubtful.insert(place) }
        if value == nil { isProjectDoubtful = true }
        return value
    }

    /// Reads what everything else rests on, and notes whether that was possible in full.
    func readingFoundation<Value>(_ read: () -> Value) -> Value {
        let before = damage
        let value = read()
        if damage > before { isProjectDoubtful = true }
        return value
    }

    /// Whether anything has to be changed.
    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Everything, by file and place.
    var sorted: [Diagnostic] { diagnostics.sortedByPlace() }

    /// A value that an alias repeats is seen several times, but complained about once.
    private func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }
}
