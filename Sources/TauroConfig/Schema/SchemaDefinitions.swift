import TauroBasics

/// The parts of a schema that are named once and referred to: sections, key sets, references.
struct SchemaDefinitions {
    /// Whether the schema is for files that lie over others, so that no key has to be there.
    let isOverlay: Bool
    private var names: [String] = ["reference", "whole_reference"]
    private var schemas: [String: JSONValue] = ["reference": .reference, "whole_reference": .wholeReference]

    init(isOverlay: Bool) {
        self.isOverlay = isOverlay
    }

    /// The definitions in the order of their first use.
    var members: [JSONValue.Member] { names.map { .init($0, schemas[$0] ?? .null) } }

    /// A reference to what a section holds.
    mutating func reference(to section: ConfigSection) -> JSONValue {
        guard section.holdsEntries else { return reference(to: section.keySet) }
        return reference(to: "\(section.rawValue)_section") { definitions in
            let entry = definitions.entry(of: section.keySet)
            var properties = [JSONValue.Member.schemaKey]
            if section == .nodes {
                properties.append(.init("type", .anyOf([.word(JSONSchema.pipelineTypes), entry])))
            }
            return [
                "type": "object", "properties": .object(properties), "patternProperties": .asides,
                "additionalProperties": entry,
            ]
        }
    }

    /// A reference to a map with keys.
    mutating func reference(to keySet: ConfigKeySet) -> JSONValue {
        reference(to: keySet.schemaName) { $0.schema(of: keySet) }
    }

    private mutating func reference(
        to name: String,
        _ schema: (inout SchemaDefinitions) -> JSONValue
    ) -> JSONValue {
        if schemas[name] == nil {
            names.append(name)
            schemas[name] = .null
            schemas[name] = schema(&self)
        }
        return .definition(name)
    }

    /// One of people's own names and what stands under it; nothing counts as a map without keys.
    private mutating func entry(of keySet: ConfigKeySet) -> JSONValue {
        var forms = [reference(to: keySet), .definition("whole_reference")]
        if isOverlay || !keySet.keys.contains(where: \.isAlwaysRequired) { forms.append(.empty) }
        return .anyOf(forms)
    }

    /// Every spelling of every key, each with what it takes.
    mutating func properties(of keySet: ConfigKeySet) -> [JSONValue.Member] {
        var properties: [JSONValue.Member] = []
        for key in keySet.keys {
            let value = value(of: key)
            for spelling in key.spellings {
                properties.append(.init(spelling, described(key, spelling: spelling, value)))
            }
        }
        return properties
    }

    private mutating func schema(of keySet: ConfigKeySet) -> JSONValue {
        var properties = properties(of: keySet)
        var rules: [JSONValue] = []
        for key in keySet.keys {
            if !isOverlay, let rule = JSONValue.presence(of: key) { rules.append(rule) }
            if let rule = JSONValue.onlyOne(of: key.spellings) { rules.append(rule) }
        }
        if !isOverlay, let choice = keySet.choice {
            rules.append(.choice(of: choice.names, isExclusive: choice.isExclusive))
        }
        let isOpen = if case .open = keySet.openness { true } else { false }
        // These may be all that a file holds.
        let isFile = ConfigSection.allCases.contains { !$0.holdsEntries && $0.keySet.title == keySet.title }
        if isFile { properties.append(.schemaKey) }
        var members: [JSONValue.Member] = [
            .init("type", "object"),
            .init("properties", .object(properties)),
            .init("additionalProperties", .bool(isOpen)),
        ]
        if isFile { members.append(.init("patternProperties", .asides)) }
        if !rules.isEmpty { members.append(.init("allOf", .array(rules))) }
        return .object(members)
    }

    private func described(_ key: ConfigKey, spelling: String, _ value: JSONValue) -> JSONValue {
        var text = key.summary
        if spelling != key.name { text += " Another spelling of `\(key.name)`." }
        if case .later = key.status { text += " It has no effect in this version." }
        var members: [JSONValue.Member] = [.init("description", .string(text))]
        if let defaultValue = key.defaultValue { members.append(.init("default", defaultValue)) }
        if case .object(let own) = value { members += own }
        return .object(members)
    }

    /// What may stand under a key; nothing counts as if the key were not there.
    private mutating func value(of key: ConfigKey) -> JSONValue {
        var forms = forms(of: key.type)
        // Without a form of its own, anything goes.
        if forms.isEmpty { return .object([]) }
        if isOverlay || !key.isAlwaysRequired { forms.append(.empty) }
        return .anyOf(forms)
    }

    /// The forms a type's values have, with `${…}` where it may stand.
    private mutating func forms(of type: ConfigType) -> [JSONValue] {
        var forms = plainForms(of: type)
        switch type {
        case .text, .confidentialText, .texts, .names, .scalar, .anything: break
        case .word, .day, .byteCount, .interval: forms.append(.definition("reference"))
        case .either(let types) where types.contains(where: \.takesAnyText): break
        default: forms.append(.definition("whole_reference"))
        }
        return forms
    }

    private mutating func plainForms(of type: ConfigType) -> [JSONValue] {
        switch type {
        case .text, .confidentialText: [.text]
        case .wholeNumber(let least, let most):
            [
                .object(
                    [.init("type", "integer")] + (least == .min ? [] : [.init("minimum", .integer(least))])
                        + (most == .max ? [] : [.init("maximum", .integer(most))])
                )
            ]
        case .number(let least):
            [.object([.init("type", "number")] + (least == -.infinity ? [] : [.init("minimum", .double(least))]))]
        case .share: [["type": "number", "minimum": 0, "maximum": 1], ["type": "boolean"]]
        case .byteCount(let least):
            [["type": "integer", "minimum": .integer(least)], .pattern(JSONValue.byteCountPattern)]
        case .flag: [["type": "boolean"]]
        case .scalar: [["type": ["string", "number", "boolean"]]]
        case .day: [["type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]]
        case .interval: [.pattern(JSONValue.intervalPattern)]
        case .word(let words): [.word(words)]
        case .texts: [.text, ["type": "array", "items": .text]]
        case .names: JSONValue.names
        case .map: [["type": "object"]]
        case .mapOf(let inner): [["type": "object", "additionalProperties": .anyOf(forms(of: inner))]]
        case .listOf(let inner): [["type": "array", "items": .anyOf(forms(of: inner))]]
        case .keys(let keySet): [reference(to: keySet)]
        case .either(let types): types.flatMap { plainForms(of: $0) }
        case .anything: []
        }
    }
}

extension ConfigKeySet {
    /// The set's name in a schema: its title without articles and quotation marks.
    var schemaName: String {
        title.split(separator: " ").filter { $0 != "a" && $0 != "an" }.joined(separator: "_")
            .filter { $0 != "`" }
    }
}

extension ConfigKey {
    fileprivate var isAlwaysRequired: Bool { if case .required = presence { true } else { false } }
}

extension ConfigType {
    fileprivate var takesAnyText: Bool {
        switch self {
        case .text, .confidentialText, .texts: true
        default: false
        }
    }
}
