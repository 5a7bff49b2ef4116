import TauroBasics
import TauroModel

/// What holds for every function that was not found: which there are, and where they were looked for.
struct SearchFacts {
    /// One line each; never empty.
    let notes: [String]

    init(_ signatures: any SignatureSource) {
        let names = signatures.names
        notes =
            [
                names.isEmpty
                    ? "no plugin with a tauro node was found" : "functions found: \(names.listed(atMost: 12))",
                "directories searched: \(signatures.searchedDirectories.joined(separator: ", "))",
            ] + signatures.refusals.filter(\.duplicates.isEmpty).map { "not taken: \($0.path): \($0.sentence)" }
    }

    /// The findings with these facts at the first that has them, and no longer at those after it.
    func toldOnce(in findings: [Diagnostic]) -> [Diagnostic] {
        var isTold = false
        return findings.map { finding in
            guard finding.notes.suffix(notes.count).elementsEqual(notes) else { return finding }
            defer { isTold = true }
            return isTold ? finding.changed(notes: finding.notes.dropLast(notes.count)) : finding
        }
    }
}
