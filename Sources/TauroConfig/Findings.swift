import TauroModel

/// What is wrong with a project, gathered while it is read.
///
/// Belongs to one load and one thread.
final class Findings {
    private var diagnostics: [Diagnostic] = []
    private var known: Set<Diagnostic> = []
    private var unusable: Set<SourceLocation> = []
    private var fileOrder: [String: Int] = [:]

    /// Notes that `file` is read now; findings are shown in this order of files.
    func begin(_ file: String) {
        if fileOrder[file] == nil { fileOrder[file] = fileOrder.count }
    }

    /// Adds something that has to be changed before the project can be used.
    func error(_ message: String, at location: SourceLocation?, notes: [String] = []) {
        add(Diagnostic(.error, .configuration, message, at: location, notes: notes))
    }

    /// Adds something that is probably not meant so.
    func warning(_ message: String, at location: SourceLocation?, notes: [String] = []) {
        add(Diagnostic(.warning, .configuration, message, at: location, notes: notes))
    }

    /// Notes that the value at `location` was complained about, so that nothing else is said about it.
    func markUnusable(_ location: SourceLocation) { unusable.insert(location) }

    /// Whether the value was complained about.
    func isUnusable(_ value: ConfigValue) -> Bool { !unusable.isEmpty && unusable.contains(value.location) }

    /// Whether anything has to be changed.
    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Everything, by file in the order of reading and then by place.
    var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            let leftPlace = place(left.element)
            let rightPlace = place(right.element)
            return leftPlace == rightPlace ? left.offset < right.offset : leftPlace < rightPlace
        }.map(\.element)
    }

    /// A value that an alias repeats is seen several times, but complained about once.
    private func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    private func place(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
        guard let location = diagnostic.location else { return (-1, 0, 0) }
        return (fileOrder[location.file] ?? -1, location.line, location.column)
    }
}
