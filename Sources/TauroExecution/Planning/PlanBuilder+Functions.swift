import TauroBasics
import TauroModel

extension PlanBuilder {
    /// The signature of a node's function, or a diagnostic in the seed's words with the native facts.
    mutating func findSignature(of node: NodeDefinition) -> NodeSignature? {
        let name = node.function.value
        if let signature = signatures.signature(named: name) { return signature }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let module = parts.dropLast().joined(separator: ".")
        let known = signatures.names
        let message =
            known.contains { $0.hasPrefix(module + ".") } && !module.isEmpty
            ? "module '\(module)' has no attribute '\(parts.last ?? "")'"
            : "No module named '\(module.isEmpty ? name : module)'"
        diagnostics.append(
            Diagnostic(
                .error,
                .validation,
                "Node '\(node.name)': \(message)",
                at: node.function.location ?? node.location,
                notes: functionNotes(name, known)
            )
        )
        return nil
    }

    private func functionNotes(_ name: String, _ known: [String]) -> [String] {
        var notes: [String] = []
        let nearest = NearestName.nearestFew(to: name, in: known)
        if !nearest.isEmpty {
            notes.append("nearest names: \(nearest.joined(separator: ", "))")
        }
        notes.append(
            known.isEmpty
                ? "no plugin with a tauro node was found" : "functions found: \(list(known, atMost: 12))"
        )
        notes.append("directories searched: \(signatures.searchedDirectories.joined(separator: ", "))")
        notes += signatures.refusals.map { "not taken: \($0.path): \($0.reason)" }
        return notes
    }

    private func list(_ names: [String], atMost limit: Int) -> String {
        let shown = names.prefix(limit).joined(separator: ", ")
        return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
    }

    /// Two files that claim one dotted name: nobody can say which is meant, so nothing runs.
    mutating func reportDuplicateFunctions() {
        var reported: Set<[String]> = []
        for refusal in signatures.refusals where !refusal.duplicates.isEmpty {
            guard reported.insert(refusal.duplicates).inserted else { continue }
            diagnostics.append(Diagnostic(.error, .validation, refusal.reason))
        }
    }
}
