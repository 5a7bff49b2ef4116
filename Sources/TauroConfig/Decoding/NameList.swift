import TauroModel

/// Reads a key that names nodes, and says what of it names none.
struct NameList {
    /// The key as written, for example `dependencies`.
    let field: String
    let owner: Owner
    /// Whether a map with `name` is a form too, as in a pipeline's `nodes`.
    let takesNamedMaps: Bool
    let findings: Findings

    /// The names in order, each once.
    func read(_ value: ConfigValue) -> [Located<String>] {
        let read = NodeNames(value, takesNamedMaps: takesNamedMaps, skipping: findings.isUnusable)
        for problem in read.problems { complain(problem) }
        return read.names
    }

    private func complain(_ problem: NodeNames.Problem) {
        let location = problem.value.location
        switch problem.kind {
        case .empty(let number):
            let subject = takesNamedMaps ? "Node" : "Dependency"
            findings.error(
                "\(subject) cannot be None: item \(number) of `\(field)` of \(owner.description) is empty.",
                at: location,
                notes: ["Write the name of a node, or remove the item."]
            )
        case .notOneKey: complainKeys(of: problem.value)
        case .secret:
            findings.error("`\(field)` of \(owner.description) can not hold a secret.", at: location)
        case .unsupported:
            let found = ValueDescription.of(problem.value)
            findings.error(
                "`\(field)` of \(owner.description): expected the name of a node, found \(found).",
                at: location
            )
        case .ignored(let name):
            findings.warning(
                "What stands under `\(name)` in `\(field)` of \(owner.description) has no effect.",
                at: location,
                notes: ["Settings of a node belong to its entry in `nodes`."]
            )
        }
    }

    private func complainKeys(of map: ConfigValue) {
        guard case .map(let entries) = map.content else { return }
        let found = entries.isEmpty ? "none" : entries.map { "`\($0.key)`" }.joined(separator: ", ")
        findings.error(
            "A map in `\(field)` of \(owner.description) must have exactly one key, the name of a node; "
                + "found \(found).",
            at: map.location,
            notes: ["Begin each name with `- ` on a line of its own."]
        )
    }
}
