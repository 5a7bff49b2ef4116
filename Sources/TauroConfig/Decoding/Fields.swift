import TauroBasics
import TauroModel

/// A map whose keys were checked against their description.
///
/// What a getter returns has the described type; what did not was complained about and is absent here.
struct Fields {
    /// The values by their key's position in `keySet`.
    fileprivate(set) var values: [ConfigValue?]
    /// The positions of values that are there but do not fit.
    fileprivate var rejected: Set<Int> = []
    let keySet: ConfigKeySet

    /// The value under a key, by its documented name.
    subscript(name: String) -> ConfigValue? { keySet.position(of: name).flatMap { values[$0] } }

    /// Whether the key has a value that was complained about.
    fileprivate func wasRejected(_ name: String) -> Bool { keySet.position(of: name).map(rejected.contains) ?? false }

    /// A text.
    func text(_ name: String) -> String? { locatedText(name)?.value }

    /// A text and its place.
    func locatedText(_ name: String) -> Located<String>? {
        guard let value = self[name], case .string(let text) = value.content else { return nil }
        return Located(text, at: value.location)
    }

    /// A whole number.
    func wholeNumber(_ name: String) -> Int? {
        guard case .integer(let number)? = self[name]?.content else { return nil }
        return Int(exactly: number)
    }

    /// A whole or decimal number.
    func number(_ name: String) -> Double? {
        switch self[name]?.content {
        case .integer(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The texts of a list, or a single one; nil where the key is absent.
    func texts(_ name: String) -> [Located<String>]? {
        guard let value = self[name] else { return nil }
        if case .list(let items) = value.content { return items.compactMap(Self.text) }
        return Self.text(value).map { [$0] }
    }

    /// A map, empty where the key is absent.
    func map(_ name: String) -> [String: ConfigValue] {
        guard let value = self[name] else { return [:] }
        return Dictionary(Self.entries(of: value).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The entries of a map in the order of the file.
    func entries(_ name: String) -> [ConfigValue.Entry] { self[name].map(Self.entries) ?? [] }

    private static func text(_ value: ConfigValue) -> Located<String>? {
        guard case .string(let text) = value.content else { return nil }
        return Located(text, at: value.location)
    }

    private static func entries(of value: ConfigValue) -> [ConfigValue.Entry] {
        if case .map(let entries) = value.content { entries } else { [] }
    }
}

/// Checks maps against the description of their keys.
struct FieldsReader {
    private let keySet: ConfigKeySet
    private let findings: Findings

    init(_ keySet: ConfigKeySet, findings: Findings) {
        self.keySet = keySet
        self.findings = findings
    }

    /// Reads the keys of `owner`; nil where the value is no map at all.
    ///
    /// What is missing is complained about at `place`.
    func read(_ value: ConfigValue, of owner: Owner, at place: SourceLocation) -> Fields? {
        if findings.isUnusable(value) { return nil }
        let entries: [ConfigValue.Entry]
        switch value.content {
        case .map(let written): entries = written
        case .null: entries = []
        default:
            findings.error(
                "\(owner.sentenceStart): expected a map of keys, found \(ValueDescription.of(value)).",
                at: value.location
            )
            return nil
        }
        var fields = Fields(values: Array(repeating: nil, count: keySet.keys.count), keySet: keySet)
        var spellings: [String?] = Array(repeating: nil, count: keySet.keys.count)
        var misspelt: Set<String> = []
        for entry in entries {
            guard let position = keySet.position(of: entry.key) else {
                complainUnknown(entry, of: owner)
                // Beside people's own keys a misspelt one is only warned of, so that it is missing is the error.
                if case .closed = keySet.openness, let meant = meantKey(entry.key) { misspelt.insert(meant.name) }
                continue
            }
            if let other = spellings[position] {
                complainTwice(entry, other, of: owner)
                continue
            }
            spellings[position] = entry.key
            fields.values[position] = checked(entry, as: keySet.keys[position], of: owner)
            if fields.values[position] == nil, isGiven(entry.value) { fields.rejected.insert(position) }
        }
        for (key, spelling) in zip(keySet.keys, spellings) where isNeeded(key, in: fields) {
            if entries.contains(where: { $0.key == spelling && isGiven($0.value) }) { continue }
            // What is missing only because it is misspelt was named already.
            if spelling == nil, misspelt.contains(key.name) { continue }
            complainMissing(key, of: owner, at: place)
        }
        checkChoice(fields, of: owner, at: place, isExcused: !misspelt.isEmpty)
        return fields
    }

    /// Complains where not as many of the keys are there as the set asks for.
    ///
    /// A misspelt key, which was complained about, excuses that none is.
    private func checkChoice(_ fields: Fields, of owner: Owner, at place: SourceLocation, isExcused: Bool) {
        guard let choice = keySet.choice else { return }
        let positions = choice.names.compactMap(keySet.position)
        let given = positions.filter { fields.values[$0] != nil || fields.rejected.contains($0) }
        if given.count == 1 || given.count > 1 && !choice.isExclusive || given.isEmpty && isExcused { return }
        let names = choice.names.map { "`\($0)`" }.joined(separator: ", ")
        let found = given.map { "`\(keySet.keys[$0].name)`" }.joined(separator: ", ")
        findings.error(
            "\(owner.sentenceStart): expected \(choice.isExclusive ? "exactly" : "at least") one of \(names), "
                + "found \(found.isEmpty ? "none" : found).",
            at: place
        )
    }

    private func isNeeded(_ key: ConfigKey, in fields: Fields) -> Bool {
        switch key.presence {
        case .optional: false
        case .required: true
        case .requiredWhere(let other, let words): fields.text(other).map(words.contains) ?? false
        // A word that was complained about may have been meant for one of these.
        case .requiredUnless(let other, let words):
            fields.text(other).map { !words.contains($0) } ?? !fields.wasRejected(other)
        }
    }

    /// The value if it fits.
    ///
    /// An empty one counts as absent.
    private func checked(_ entry: ConfigValue.Entry, as key: ConfigKey, of owner: Owner) -> ConfigValue? {
        if entry.value.content == .null || findings.isUnusable(entry.value) { return nil }
        let checker = TypeChecker(field: entry.key, owner: owner, findings: findings)
        guard checker.check(entry.value, as: key.type) else { return nil }
        warnWithoutEffect(entry, key, of: owner)
        return entry.value
    }

    private func warnWithoutEffect(_ entry: ConfigValue.Entry, _ key: ConfigKey, of owner: Owner) {
        let what: String
        switch (key.status, entry.value.content) {
        case (.active, _): return
        case (.later(let silentWords), _):
            if silentWords.contains(Self.word(entry.value)) { return }
            what = "`\(entry.key)`"
        case (.laterAsMap, .map): what = "A map under `\(entry.key)`"
        case (.laterAsMap, _): return
        }
        findings.warning("\(what) of \(owner.description) has no effect in this version.", at: entry.keyLocation)
    }

    /// Whether a value is there, be it one that was complained about.
    private func isGiven(_ value: ConfigValue) -> Bool { value.content != .null || findings.isUnusable(value) }

    private static func word(_ value: ConfigValue) -> String {
        switch value.content {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: ""
        }
    }

    /// The key that was probably meant.
    private func meantKey(_ spelling: String) -> ConfigKey? {
        Suggestion.key(for: spelling, in: keySet.spellings).flatMap(keySet.position).map { keySet.keys[$0] }
    }

    private func complainUnknown(_ entry: ConfigValue.Entry, of owner: Owner) {
        if case .open = keySet.openness {
            guard let question = Suggestion.question(for: entry.key, in: keySet.spellings) else { return }
            return findings.warning(
                "`\(entry.key)` in \(owner.description) has no meaning to tauro\(question)",
                at: entry.keyLocation
            )
        }
        let sentence = "`\(entry.key)` is not a key of \(keySet.title), in \(owner.description)"
        if let meant = Suggestion.key(for: entry.key, in: keySet.spellings) {
            return findings.error(sentence + "; did you mean `\(meant)`?", at: entry.keyLocation)
        }
        let known = keySet.keys.map(\.name).joined(separator: ", ")
        findings.error(sentence + ".", at: entry.keyLocation, notes: ["Known keys: \(known)."])
    }

    private func complainTwice(_ entry: ConfigValue.Entry, _ other: String, of owner: Owner) {
        findings.error(
            "`\(entry.key)` and `\(other)` are two spellings of one key, in \(owner.description).",
            at: entry.keyLocation,
            notes: ["Keep one of them."]
        )
    }

    private func complainMissing(_ key: ConfigKey, of owner: Owner, at place: SourceLocation) {
        findings.error("\(owner.sentenceStart) has no `\(key.name)`.", at: place, notes: [key.summary])
    }
}
