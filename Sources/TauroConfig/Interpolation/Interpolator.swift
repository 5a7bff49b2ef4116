import TauroModel

/// Replaces `${…}` in every text of a project.
///
/// Names are looked up in the call's dates, then in the environment, then in the global settings, whose own values
/// may refer further. Belongs to one load and one thread.
final class Interpolator {
    /// How long a text may become, in bytes; references to references multiply.
    static let maximumLength = 1 << 20
    /// How many values settings may repeat in one project.
    static let maximumExpansion = 1_000_000
    /// How many settings may refer to one another in a row.
    static let maximumChain = 50

    private let scope: ReferenceScope
    private var quotedTemplates: Set<SourceLocation>
    private let findings: Findings
    private var settings: [String: Lookup] = [:]
    private var chain: [String] = []
    private var expansion = 0

    init(scope: ReferenceScope, quotedTemplates: Set<SourceLocation>, findings: Findings) {
        self.scope = scope
        self.quotedTemplates = quotedTemplates
        self.findings = findings
    }

    /// The value with all references replaced.
    ///
    /// What can not be replaced stays and is marked unusable.
    func resolve(_ value: ConfigValue) -> ConfigValue { changed(value) ?? value }

    /// The value, of a file of its own in which `quotedTemplates` are the texts in quotes, with all references replaced.
    func resolve(_ value: ConfigValue, quotedTemplates others: Set<SourceLocation>) -> ConfigValue {
        quotedTemplates.formUnion(others)
        return resolve(value)
    }

    /// The top level of the global settings with all references replaced.
    func resolveSettings(_ value: ConfigValue) -> ConfigValue {
        guard case .map(var entries) = value.content else { return resolve(value) }
        for index in entries.indices {
            if case .setting(let resolved) = setting(entries[index].key, at: entries[index].value.location) {
                entries[index].value = resolved
            }
        }
        return ConfigValue(.map(entries), at: value.location)
    }

    /// Nil where nothing had to be replaced, so that what has no references is not copied.
    private func changed(_ value: ConfigValue) -> ConfigValue? {
        switch value.content {
        case .string(let text): return text.hasReferences ? replaced(text, in: value) : nil
        case .list(var items):
            var isChanged = false
            for index in items.indices {
                guard let item = changed(items[index]) else { continue }
                items[index] = item
                isChanged = true
            }
            return isChanged ? ConfigValue(.list(items), at: value.location) : nil
        case .map(var entries):
            var isChanged = false
            for index in entries.indices {
                guard let inner = changed(entries[index].value) else { continue }
                entries[index].value = inner
                isChanged = true
            }
            return isChanged ? ConfigValue(.map(entries), at: value.location) : nil
        default: return nil
        }
    }

    private func replaced(_ text: String, in value: ConfigValue) -> ConfigValue? {
        do throws(Template.Problem) {
            let template = try Template(text)
            switch lookup(template, at: value.location) {
            case .text(let text, let isSecret, let isPlain):
                let mayBeNumber = isPlain && template.onlyReference != nil && !quotedTemplates.contains(value.location)
                let content = mayBeNumber ? plain(text) : .string(text)
                return ConfigValue(content, at: value.location, isSecret: isSecret)
            case .setting(let setting):
                return ConfigValue(setting.content, at: value.location, isSecret: setting.isSecret)
            case .failed: findings.markUnusable(value.location)
            }
        } catch {
            findings.error("\(error.message).", at: value.location, notes: [error.note])
            findings.markUnusable(value.location)
        }
        return nil
    }

    private func plain(_ text: String) -> ConfigValue.Content {
        if case .value(let content) = CoreSchema.resolve(text), content != .null { content } else { .string(text) }
    }

    /// What a whole text stands for: the one reference it is, or its pieces joined.
    private func lookup(_ template: Template, at location: SourceLocation) -> Lookup {
        if let reference = template.onlyReference { return lookup(reference, at: location) }
        var joined = ""
        var isSecret = false
        var hasFailed = false
        for piece in template.pieces {
            switch piece {
            case .literal(let text): joined += text
            case .reference(let reference):
                guard let part = text(of: reference, at: location) else {
                    hasFailed = true
                    continue
                }
                joined += part.text
                isSecret = isSecret || part.isSecret
            }
            if joined.utf8.count > Self.maximumLength {
                findings.error("The text grows beyond \(Self.maximumLength) bytes by its references.", at: location)
                return .failed
            }
        }
        return hasFailed ? .failed : .text(joined, isSecret: isSecret, isPlain: true)
    }

    /// The reference as a part of a longer text.
    private func text(of reference: Template.Reference, at location: SourceLocation) -> (text: String, isSecret: Bool)?
    {
        switch lookup(reference, at: location) {
        case .text(let text, let isSecret, _): return (text, isSecret)
        case .failed: return nil
        case .setting(let value):
            switch value.content {
            case .string(let text): return (text, value.isSecret)
            case .integer(let number): return (String(number), value.isSecret)
            case .double(let number): return (String(number), value.isSecret)
            case .bool(let flag): return (flag ? "true" : "false", value.isSecret)
            case .null, .list, .map:
                findings.error(
                    "`${\(reference.name)}` is \(ValueDescription.of(value)) and can not be part of a text.",
                    at: location
                )
                return nil
            }
        }
    }

    private func lookup(_ reference: Template.Reference, at location: SourceLocation) -> Lookup {
        if let found = scope.environmentText(of: reference) { return found }
        if !reference.isSecret, scope.hasSetting(reference.name) {
            let found = setting(reference.name, at: location)
            if case .setting(let value) = found {
                if value.content != .null || reference.fallback == nil { return counted(found, value, at: location) }
            } else {
                return found
            }
        }
        if let fallback = reference.fallback {
            let found = lookup(fallback, at: location)
            guard case .text(let text, _, let isPlain) = found, reference.isSecret else { return found }
            return .text(text, isSecret: true, isPlain: isPlain)
        }
        scope.complainUnresolved(reference, at: location, findings: findings)
        return .failed
    }

    /// A global setting with its own references replaced; each is worked out once.
    private func setting(_ name: String, at location: SourceLocation) -> Lookup {
        if let known = settings[name] { return known }
        if let start = chain.firstIndex(of: name) {
            let path = (chain[start...] + [name]).joined(separator: " -> ")
            findings.error("`${\(name)}` refers to itself: \(path).", at: location)
            return .failed
        }
        if chain.count == Self.maximumChain {
            findings.error("More than \(Self.maximumChain) settings refer to one another in a row.", at: location)
            return .failed
        }
        guard let written = scope.setting(name) else { return .failed }
        chain.append(name)
        let value = resolve(written)
        chain.removeLast()
        let result: Lookup = findings.isUnusable(value) ? .failed : .setting(value)
        settings[name] = result
        return result
    }

    /// Lists and maps that references repeat are counted: repeated repetitions grow without bound.
    private func counted(_ found: Lookup, _ value: ConfigValue, at location: SourceLocation) -> Lookup {
        if expansion <= Self.maximumExpansion {
            expansion += value.count(upTo: Self.maximumExpansion + 1 - expansion)
            if expansion <= Self.maximumExpansion { return found }
        }
        findings.error("References repeat more than \(Self.maximumExpansion) values.", at: location)
        return .failed
    }
}

extension ConfigValue {
    /// How many values this one holds, itself included; the count ends at `limit`.
    fileprivate func count(upTo limit: Int) -> Int {
        var total = 1
        switch content {
        case .list(let items):
            for item in items where total < limit { total += item.count(upTo: limit - total) }
        case .map(let entries):
            for entry in entries where total < limit { total += entry.value.count(upTo: limit - total) }
        default: break
        }
        return total
    }
}
