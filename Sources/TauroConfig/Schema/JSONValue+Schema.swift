import TauroBasics

/// Small schemas that others are made of.
extension JSONValue {
    static let text: JSONValue = ["type": "string"]
    static let empty: JSONValue = ["type": "null"]

    /// A text with a `${…}` in it; `$${` is no reference.
    static let reference: JSONValue = [
        "description": "A text with `${NAME}`, `${NAME:-default}` or `${secret:NAME}` in it.", "type": "string",
        "pattern": #"(^|[^$])\$\{"#,
    ]

    /// A text that is a `${…}` and nothing else, which becomes whatever the name stands for.
    static let wholeReference: JSONValue = [
        "description": "`${NAME}`, `${NAME:-default}` or `${secret:NAME}`.", "type": "string",
        "pattern": #"^\$\{.*\}$"#,
    ]

    /// Names in one of the forms of `dependencies`.
    static let names: [JSONValue] = [name, namedMap, ["type": "array", "items": .anyOf([name, namedMap])]]
    private static let name: JSONValue = ["type": ["string", "integer"], "minLength": 1]
    private static let namedMap: JSONValue = ["type": "object"]

    /// A number and a unit of bytes.
    static let byteCountPattern = #"^([0-9]+\.?[0-9]*|\.[0-9]+) *([kKmMgGtT][iI]?)?[bB]$"#

    /// A whole number and a unit of time, in upper or lower case.
    static var intervalPattern: String {
        let units = StreamInterval.units.map(\.key).map { unit in
            (unit + "s").map { "[\($0)\($0.uppercased())]" }.joined() + "?"
        }
        return "^0*[1-9][0-9]* (\(units.joined(separator: "|")))$"
    }

    /// Keys that are people's own: a home for anchors.
    static let asides: JSONValue = ["^x-": .object([])]

    static func definition(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/\(name)")] }

    static func word(_ words: [String]) -> JSONValue { ["enum": .array(words.map(JSONValue.string))] }

    static func pattern(_ pattern: String) -> JSONValue { ["type": "string", "pattern": .string(pattern)] }

    /// What fits one of the schemas; anything where there are none.
    static func anyOf(_ schemas: [JSONValue]) -> JSONValue {
        if schemas.isEmpty { return .object([]) }
        return schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]
    }

    /// The rule that one of the keys is there.
    static func oneRequired(of names: [String]) -> JSONValue { anyOf(names.map { required([$0]) }) }

    /// The rule that no two of the keys are there; nil for a single one.
    static func onlyOne(of names: [String]) -> JSONValue? {
        let pairs = names.indices.flatMap { first in
            names[(first + 1)...].map { required([names[first], $0]) }
        }
        return pairs.isEmpty ? nil : ["not": anyOf(pairs)]
    }

    /// The rule that some of the keys are there, or exactly one of them; nothing counts as if the key were not there.
    static func choice(of names: [String], isExclusive: Bool) -> JSONValue {
        let each = names.map { given($0, ["not": empty]) }
        return isExclusive ? ["oneOf": .array(each)] : anyOf(each)
    }

    /// The rule for whether a key has to be there; nil where it does not.
    static func presence(of key: ConfigKey) -> JSONValue? {
        // Nothing counts as if the key were not there.
        let need = anyOf(key.spellings.map { given($0, ["not": empty]) })
        switch key.presence {
        case .optional: return nil
        case .required: return oneRequired(of: key.spellings)
        case .requiredWhere(let other, let words): return ["if": given(other, word(words)), "then": need]
        // A reference may turn out to be one of the words.
        case .requiredUnless(let other, let words):
            return ["if": given(other, anyOf([word(words), definition("reference")])), "else": need]
        }
    }

    private static func given(_ key: String, _ schema: JSONValue) -> JSONValue {
        ["properties": .object([.init(key, schema)]), "required": [.string(key)]]
    }

    private static func required(_ names: [String]) -> JSONValue { ["required": .array(names.map(JSONValue.string))] }
}

extension JSONValue.Member {
    /// The key by which a JSON file names its schema.
    static let schemaKey = JSONValue.Member("$schema", .text)
}
