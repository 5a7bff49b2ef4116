import TauroBasics

/// A column of a Delta table.
///
/// Source: the Delta Transaction Log Protocol, section "Schema Serialization Format".
struct DeltaColumn: Equatable {
    let name: String
    /// A word, or an object for a nested type.
    let type: JSONValue
    let isNullable: Bool
    let metadata: JSONValue

    init(name: String, type: JSONValue, isNullable: Bool = true, metadata: JSONValue = .object([])) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.metadata = metadata
    }

    init?(_ json: JSONValue) {
        guard let name = json["name"]?.text, let type = json["type"] else { return nil }
        self.init(
            name: name,
            type: type,
            isNullable: json["nullable"] != false,
            metadata: json["metadata"].flatMap { $0 == .null ? nil : $0 } ?? .object([])
        )
    }

    var json: JSONValue {
        ["name": .string(name), "type": type, "nullable": .bool(isNullable), "metadata": metadata]
    }

    /// What its description asks of writers; nil where nothing.
    var usedFeature: String? { DeltaColumn.feature(in: json) }

    /// Whether rows of both fit into one column: the same type, but for what may be NULL in it.
    func hasType(of other: DeltaColumn) -> Bool {
        DeltaColumn.withoutNullability(type) == DeltaColumn.withoutNullability(other.type)
    }

    /// Whether a value within the column's values may not be NULL.
    var hasRequiredParts: Bool { DeltaColumn.requiresParts(type) }

    /// Whether it holds timestamps without a zone, at any depth.
    var hasZonelessTimestamps: Bool { DeltaColumn.mentions("timestamp_ntz", type) }

    /// The type in a few words, for example `decimal(9,2)` or `array<long>`.
    var typeName: String { DeltaColumn.name(of: type) }

    /// The SQL type of values that a partition has; nil for nested ones.
    var sqlType: String? {
        guard let word = type.text else { return nil }
        if word.hasPrefix("decimal") { return word.uppercased() }
        return [
            "byte": "TINYINT", "short": "SMALLINT", "integer": "INTEGER", "long": "BIGINT", "float": "FLOAT",
            "double": "DOUBLE", "string": "VARCHAR", "binary": "BLOB", "boolean": "BOOLEAN", "date": "DATE",
            "timestamp": "TIMESTAMPTZ", "timestamp_ntz": "TIMESTAMP",
        ][word]
    }

    private static func name(of type: JSONValue) -> String {
        switch type["type"]?.text {
        case "array": "array<\(name(of: type["elementType"] ?? .null))>"
        case "map": "map<\(name(of: type["keyType"] ?? .null)), \(name(of: type["valueType"] ?? .null))>"
        case "struct":
            "struct<\(fields(of: type).map { "\($0["name"]?.text ?? ""): \(name(of: $0["type"] ?? .null))" }.joined(separator: ", "))>"
        default: type.text ?? type.text()
        }
    }

    private static func fields(of type: JSONValue) -> [JSONValue] {
        if case .array(let fields)? = type["fields"] { fields } else { [] }
    }

    private static func withoutNullability(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map(withoutNullability))
        case .object(let members):
            .object(
                members.filter { !["nullable", "containsNull", "valueContainsNull", "metadata"].contains($0.key) }
                    .map { .init($0.key, withoutNullability($0.value)) }
                    .sorted { $0.key < $1.key }
            )
        default: value
        }
    }

    private static func requiresParts(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.contains(where: requiresParts)
        case .object(let members):
            members.contains { member in
                let isRule = ["nullable", "containsNull", "valueContainsNull"].contains(member.key)
                return isRule ? member.value == false : member.key != "metadata" && requiresParts(member.value)
            }
        default: false
        }
    }

    private static func mentions(_ word: String, _ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.contains { mentions(word, $0) }
        case .object(let members): members.contains { $0.key != "name" && mentions(word, $0.value) }
        default: value.text == word
        }
    }

    /// Source: sections "Column Invariants", "Generated Columns", "Default Columns" and "Identity Columns".
    private static func feature(in value: JSONValue) -> String? {
        let features = [
            ("delta.invariants", "an invariant"), ("delta.generationExpression", "a generated value"),
            ("CURRENT_DEFAULT", "a default value"), ("delta.identity.start", "an identity"),
        ]
        switch value {
        case .array(let elements): return elements.lazy.compactMap(feature).first
        case .object(let members):
            let rules = value["metadata"]?.members.map(\.key) ?? []
            if let found = features.first(where: { rules.contains($0.0) }) { return found.1 }
            return members.lazy.filter { $0.key != "metadata" }.compactMap { feature(in: $0.value) }.first
        default: return nil
        }
    }
}
