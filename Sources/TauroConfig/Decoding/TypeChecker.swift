import TauroBasics
import TauroModel

/// Checks one value against its described type and complains at the very place that does not fit.
struct TypeChecker {
    /// The key as written.
    let field: String
    /// What it belongs to.
    let owner: Owner
    let findings: Findings

    /// Whether the value fits; if not, that is among the findings.
    func check(_ value: ConfigValue, as type: ConfigType) -> Bool {
        if findings.isUnusable(value) { return false }
        if value.isSecret, type.isPrinted { return rejectSecret(value) }
        switch type {
        case .anything: return true
        case .keys(let keySet): return checkKeys(value, keySet)
        case .texts: return checkItems(value, expected: type)
        case .names: return checkNames(value, expected: type)
        case .mapOf(let type): return checkMap(value, of: type)
        case .listOf(let type): return checkList(value, of: type)
        case .either(let types): return checkEither(value, types, expected: type)
        case .word(let words): return checkWord(value, words, expected: type)
        case .day: return checkDay(value)
        case .interval(let limits): return checkInterval(value, limits, expected: type)
        default: return Self.isSimply(type, value) || reject(value, expected: type.description)
        }
    }

    /// Types that need no look inside the value.
    private static func isSimply(_ type: ConfigType, _ value: ConfigValue) -> Bool {
        switch (type, value.content) {
        case (.text, .string), (.confidentialText, .string), (.flag, .bool), (.map, .map): true
        case (.byteCount(let least), _): ByteCount(value, atLeast: least) != nil
        case (.wholeNumber(let least, let most), .integer(let number)): number >= least && number <= most
        case (.share, .integer(let number)): number == 0 || number == 1
        case (.share, .double(let number)): number >= 0 && number <= 1
        case (.share, .bool): true
        case (.number(let least), .integer(let number)): Double(number) >= least
        case (.number(let least), .double(let number)): number >= least && number.isFinite
        case (.scalar, .double(let number)): number.isFinite
        case (.scalar, .string), (.scalar, .integer), (.scalar, .bool): true
        default: false
        }
    }

    private func checkWord(_ value: ConfigValue, _ words: [String], expected type: ConfigType) -> Bool {
        guard case .string(let text) = value.content else { return reject(value, expected: type.description) }
        if words.contains(text) { return true }
        guard let question = Suggestion.question(for: text, in: words) else {
            return reject(value, expected: type.description)
        }
        findings.error("\(subject): found \(ValueDescription.of(value))\(question)", at: value.location)
        return false
    }

    private func checkDay(_ value: ConfigValue) -> Bool {
        if case .string(let text) = value.content, Day(text) != nil { return true }
        return reject(value, expected: ConfigType.day.description)
    }

    private func checkInterval(_ value: ConfigValue, _ limits: StreamInterval.Limits, expected type: ConfigType) -> Bool
    {
        guard case .string(let text) = value.content else { return reject(value, expected: type.description) }
        guard let interval = StreamInterval(text) else {
            guard let nearest = StreamInterval.nearest(to: text) else {
                return reject(value, expected: type.description)
            }
            findings.error(
                "\(subject): found \(ValueDescription.of(value)); did you mean `\(nearest)`?",
                at: value.location,
                notes: ["An interval is a whole number, a space and a unit from microseconds to days."]
            )
            return false
        }
        if limits.contains(interval) { return true }
        return reject(value, expected: "an interval from \(limits.least.text) up to \(limits.most.text)")
    }

    private func checkEither(_ value: ConfigValue, _ types: [ConfigType], expected type: ConfigType) -> Bool {
        guard let fitting = types.first(where: { $0.takesForm(of: value) }) else {
            return reject(value, expected: type.description)
        }
        return check(value, as: fitting)
    }

    /// A text, or a list in which every item is text.
    private func checkItems(_ value: ConfigValue, expected type: ConfigType) -> Bool {
        switch value.content {
        case .string: return true
        case .list(let items): return items.map { check($0, as: .text) }.allSatisfy { $0 }
        default: return reject(value, expected: type.description)
        }
    }

    /// Only the outer form: `NameList` reads and checks what is inside.
    private func checkNames(_ value: ConfigValue, expected type: ConfigType) -> Bool {
        switch value.content {
        case .string, .integer, .list, .map: true
        default: reject(value, expected: type.description)
        }
    }

    private func checkMap(_ value: ConfigValue, of type: ConfigType) -> Bool {
        guard case .map(let entries) = value.content else { return reject(value, expected: "a map") }
        return entries.map { inner($0.key, $0.value, type) }.allSatisfy { $0 }
    }

    private func checkList(_ value: ConfigValue, of type: ConfigType) -> Bool {
        guard case .list(let items) = value.content else { return reject(value, expected: "a list") }
        return items.enumerated().map { inner(String($0.offset + 1), $0.element, type) }.allSatisfy { $0 }
    }

    private func inner(_ name: String, _ value: ConfigValue, _ type: ConfigType) -> Bool {
        TypeChecker(field: "\(field).\(name)", owner: owner, findings: findings).check(value, as: type)
    }

    private func checkKeys(_ value: ConfigValue, _ keySet: ConfigKeySet) -> Bool {
        guard case .map = value.content else { return reject(value, expected: "a map") }
        let inner = Owner("`\(field)` of \(owner.kind)", owner.name)
        return FieldsReader(keySet, findings: findings).read(value, of: inner, at: value.location) != nil
    }

    private var subject: String { "`\(field)` of \(owner.description)" }

    private func reject(_ value: ConfigValue, expected: String) -> Bool {
        findings.error(
            "\(subject): expected \(expected), found \(ValueDescription.of(value)).",
            at: value.location,
            notes: cure(for: value, expected: expected)
        )
        return false
    }

    private func rejectSecret(_ value: ConfigValue) -> Bool {
        findings.error(
            "\(subject) can not hold a secret, because it is printed and stored with every run.",
            at: value.location,
            notes: ["Secrets may stand in `params`, `hyperparams` and `options`, and in global settings of your own."]
        )
        return false
    }

    private func cure(for value: ConfigValue, expected: String) -> [String] {
        switch value.content {
        case .integer, .double, .bool: expected.hasPrefix("text") ? ["Put the value in quotes."] : []
        case .string(let text):
            if expected.contains("number"), case .value(.integer) = CoreSchema.resolve(text) {
                ["Write the number without quotes."]
            } else {
                []
            }
        default: []
        }
    }
}
