import TauroModel

/// Puts the events of a parser together to a tree of values, and refuses what no configuration may hold: duplicate
/// keys, keys that are no text, unknown aliases, bombs.
struct TreeBuilder {
    /// How deep maps and lists may stand in one another.
    static let maximumDepth = 100
    /// How many values the aliases of one file may repeat.
    static let maximumExpansion = 1_000_000

    /// What was built so far.
    private(set) var document: ConfigDocument
    /// Whether the file was refused; nothing more of it is to be read.
    private(set) var isStopped = false
    private var stack: [OpenContainer] = []
    private var anchors: [String: AnchoredValue] = [:]
    private var openAnchors: Set<String> = []
    private var expansion = 0
    private let file: String
    private let findings: Findings

    init(file: String, findings: Findings) {
        self.file = file
        self.findings = findings
        document = ConfigDocument(root: ConfigValue(.null, at: SourceLocation(file: file, line: 1, column: 1)))
    }

    /// Whether the next value is a key.
    var expectsKey: Bool { stack.last?.expectsKey ?? false }

    /// Refuses the file.
    mutating func stop(_ message: String, at location: SourceLocation, notes: [String] = []) {
        findings.error(message, at: location, notes: notes)
        isStopped = true
    }

    /// Takes a key.
    mutating func key(_ text: String, isMerge: Bool = false, at location: SourceLocation, anchor: String? = nil) {
        if let anchor { remember(ConfigValue(.string(text), at: location), weight: 1, height: 0, as: anchor) }
        guard var top = stack.popLast() else { return }
        defer { stack.append(top) }
        if let first = top.location(ofKey: text, isMerge: isMerge) {
            top.slot = .discard
            return findings.error(
                "The key `\(text)` stands twice in one map.",
                at: location,
                notes: [
                    "It stands first in line \(first.line). "
                        + (isMerge ? "Merge several maps with one: `<<: [*a, *b]`." : "Keep one of them.")
                ]
            )
        }
        if text.hasReferences {
            top.slot = .discard
            return findings.error(
                "A key can not hold a reference: `\(text)`.",
                at: location,
                notes: ["Only values may refer to variables. Write the key as it is to be."]
            )
        }
        top.slot = isMerge ? .merge(location) : .value(text, location)
    }

    /// Takes a value that is neither map nor list.
    mutating func scalar(_ content: ConfigValue.Content, isQuoted: Bool, at location: SourceLocation, anchor: String?) {
        if case .string(let text) = content, text.hasReferences {
            document.hasReferences = true
            if isQuoted { document.quotedTemplates.insert(location) }
        }
        attach(ConfigValue(content, at: location), weight: 1, height: 0, anchor: anchor)
    }

    /// Opens a map or a list.
    mutating func begin(_ kind: OpenContainer.Kind, at location: SourceLocation, anchor: String? = nil) {
        if stack.count >= Self.maximumDepth {
            return stop(Self.tooDeep, at: location, notes: ["Flatten the structure; nothing here needs that depth."])
        }
        let isKey = expectsKey
        if isKey { rejectKey(kind == .map ? "a map" : "a list", at: location) }
        if let anchor { openAnchors.insert(anchor) }
        stack.append(OpenContainer(kind: kind, location: location, anchor: anchor, isKey: isKey))
    }

    /// Closes the innermost map or list.
    mutating func end() {
        guard let closed = stack.popLast() else { return }
        if let anchor = closed.anchor { openAnchors.remove(anchor) }
        if closed.isKey {
            stack[stack.count - 1].slot = .discard
            return
        }
        attach(closed.value, weight: closed.weight, height: closed.height, anchor: closed.anchor)
    }

    /// Repeats the value that was anchored as `name`.
    mutating func alias(_ name: String, at location: SourceLocation) {
        guard let anchored = anchors[name] else {
            rejectAlias(name, at: location)
            if expectsKey {
                stack[stack.count - 1].slot = .discard
            } else {
                findings.markUnusable(location)
                attach(ConfigValue(.null, at: location), weight: 1, height: 0, anchor: nil)
            }
            return
        }
        expansion += anchored.weight
        if expansion > Self.maximumExpansion {
            return stop(
                "The aliases of this file repeat more than \(Self.maximumExpansion) values.",
                at: location,
                notes: ["Aliases of aliases multiply. Write the values out, or repeat smaller parts."]
            )
        }
        if stack.count + anchored.height > Self.maximumDepth { return stop(Self.tooDeep, at: location) }
        if expectsKey { return aliasedKey(anchored.value, at: location) }
        attach(anchored.value, weight: anchored.weight, height: anchored.height, anchor: nil)
    }

    private static let tooDeep = "Maps and lists nest deeper than \(maximumDepth) levels here."

    private mutating func attach(_ value: ConfigValue, weight: Int, height: Int, anchor: String?) {
        if let anchor { remember(value, weight: weight, height: height, as: anchor) }
        guard !stack.isEmpty else {
            document.root = value
            return
        }
        if case .merge = stack[stack.count - 1].slot { checkMerge(value) }
        stack[stack.count - 1].append(value, weight: weight, height: height)
    }

    private mutating func remember(_ value: ConfigValue, weight: Int, height: Int, as anchor: String) {
        anchors[anchor] = AnchoredValue(value: value, weight: weight, height: height)
    }

    private mutating func aliasedKey(_ value: ConfigValue, at location: SourceLocation) {
        if case .string(let text) = value.content { return key(text, at: location) }
        rejectKey(ValueDescription.of(value), at: location)
        stack[stack.count - 1].slot = .discard
    }

    private func rejectKey(_ found: String, at location: SourceLocation) {
        findings.error("A key must be text, but here it is \(found).", at: location)
    }

    private func rejectAlias(_ name: String, at location: SourceLocation) {
        if openAnchors.contains(name) {
            return findings.error("The alias `*\(name)` stands inside the value it repeats.", at: location)
        }
        let end = Suggestion.end(for: name, in: anchors.keys.sorted()) { "`*\($0)`" }
        findings.error(
            "The alias `*\(name)` has no anchor before it\(end)",
            at: location,
            notes: ["Mark the value it repeats with `&\(name)`, above this place in the same file."]
        )
    }

    private func checkMerge(_ value: ConfigValue) {
        if findings.isUnusable(value) { return }
        if OpenContainer.mergeSources(of: value) == nil {
            findings.error(
                "The merge key `<<` takes a map or a list of maps, but has \(ValueDescription.of(value)).",
                at: value.location
            )
        }
    }
}

/// A value that aliases may repeat.
private struct AnchoredValue {
    let value: ConfigValue
    /// How many values it holds, with everything its own aliases repeat.
    let weight: Int
    /// How many levels of maps and lists it holds.
    let height: Int
}
