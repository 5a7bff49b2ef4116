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
        if case .string(let text) = value.content, !value.isSecret, complainList(text, at: value.location) { return [] }
        let read = NodeNames(value, takesNamedMaps: takesNamedMaps, skipping: findings.isUnusable)
        for problem in read.problems { complain(problem) }
        return read.names
    }

    /// Whether a text was meant as a list: `a, b`, or lines that begin with a hyphen and no space after it.
    private func complainList(_ text: String, at location: SourceLocation) -> Bool {
        let lacksSpace = text.hasPrefix("-")
        if !lacksSpace, !text.contains(",") { return false }
        findings.error(
            "`\(field)` of \(owner.description): \(ValueDescription.quoted(text)) is one text, not a list of names.",
            at: location,
            notes: [lacksSpace ? "Put a space after each `-`." : "Write the names in brackets: `[\(text)]`."]
        )
        return true
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
        case .repeated(let name): complainTwice(name, at: location)
        case .ignored(let name):
            findings.warning(
                "What stands under `\(name)` in `\(field)` of \(owner.description) has no effect.",
                at: location,
                notes: ["Settings of a node belong to its entry in `nodes`."]
            )
        }
    }

    /// A pipeline may be meant to run a node twice, which it does not; a dependency is met in either case.
    private func complainTwice(_ name: String, at location: SourceLocation) {
        let sentence = "`\(field)` of \(owner.description) names `\(name)` twice."
        if takesNamedMaps {
            findings.error(sentence, at: location, notes: ["A node runs once; remove one of the two."])
        } else {
            findings.warning(sentence, at: location, notes: ["Remove one of the two."])
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
