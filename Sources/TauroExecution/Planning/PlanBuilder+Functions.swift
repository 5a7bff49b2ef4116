import TauroBasics
import TauroModel

extension PlanBuilder {
    /// The signature of a node's function, or a diagnostic in the seed's words with the native facts.
    mutating func findSignature(of node: NodeDefinition) -> NodeSignature? {
        if context.isDoubtful(node.location) { return nil }
        let name = node.function.value
        if let signature = signatures.signature(named: name) { return signature }
        if isAmbiguous(name) || reportUntrusted(name, node) { return nil }
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

    private mutating func functionNotes(_ name: String, _ known: [String]) -> [String] {
        var notes: [String] = []
        let nearest = nearestNames.nearestFew(to: name, in: known)
        if !nearest.isEmpty {
            notes.append("nearest names: \(nearest.joined(separator: ", "))")
        }
        return notes + SearchFacts(signatures).notes
    }

    /// Files that claim the same dotted names: nobody can say which is meant, so nothing runs.
    mutating func reportDuplicateFunctions() {
        var owners: [String: [String]] = [:]
        for refusal in signatures.refusals {
            for name in refusal.duplicates { owners[name, default: []].append(refusal.path) }
        }
        let claims = Dictionary(grouping: owners.keys.sorted()) { owners[$0] ?? [] }
        for (files, names) in claims.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .validation,
                    "\(files.count) plugins have nodes of the same name: \(names.listed(atMost: 5))",
                    notes: files + ["remove all of these files but one, or rename the nodes"]
                )
            )
        }
    }

    private func isAmbiguous(_ name: String) -> Bool {
        signatures.refusals.contains { $0.duplicates.contains(name) }
    }
}
