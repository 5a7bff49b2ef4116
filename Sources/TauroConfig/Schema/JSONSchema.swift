package import TauroBasics
import TauroModel

/// The JSON Schema (draft 2020-12) of one kind of file, made from the description of its keys.
///
/// It takes every spelling and form the loader takes, with `${…}` wherever the loader replaces it. What needs more than the
/// file to be decided, such as whether a name exists, it leaves to the loader.
package struct JSONSchema {
    /// The schema.
    package let document: JSONValue

    /// Makes the schema of a kind of file.
    ///
    /// - Parameters:
    ///   - kind: the kind.
    ///   - isOverlay: whether the file lies over another one, so that no key has to be there.
    package init(_ kind: SchemaKind, isOverlay: Bool = false) {
        var definitions = SchemaDefinitions(isOverlay: isOverlay)
        var members: [JSONValue.Member] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
            .init("title", .string("tauro: \(kind.name)")),
            .init("description", .string(kind.summary)),
        ]
        switch kind {
        case .section(let section): members += Self.file(of: section, &definitions)
        case .project: members += Self.project(isOverlay: isOverlay, &definitions)
        case .pipeline: members += Self.pipeline(isOverlay: isOverlay, &definitions)
        case .descriptor: members += Self.descriptor(&definitions)
        }
        members.append(.init("$defs", .object(definitions.members)))
        document = .object(members)
    }

    /// The section bare, or under one of its names and then with nothing beside it.
    private static func file(
        of section: ConfigSection,
        _ definitions: inout SchemaDefinitions
    ) -> [JSONValue.Member] {
        let content = definitions.reference(to: section)
        var wrapped = section.names.map { JSONValue.Member($0, .anyOf([content, .empty])) }
        if section == .nodes { wrapped.append(.init("type", .word(pipelineTypes))) }
        return [
            .init("type", ["object", "null"]),
            .init("if", .anyOf(section.names.map { wrapper($0, of: section) })),
            .init(
                "then",
                [
                    "properties": .object(wrapped + [.schemaKey]), "patternProperties": .asides,
                    "additionalProperties": false,
                ]
            ),
            .init("else", content),
        ]
    }

    /// Mirrors what the loader takes for a wrapper: a name of the section over a map that is no entry itself.
    private static func wrapper(_ name: String, of section: ConfigSection) -> JSONValue {
        var content: [JSONValue.Member] = [.init("type", ["object", "null"])]
        if let key = section.entryKey {
            let entry: JSONValue = [
                "type": "object", "properties": .object([.init(key, ["not": ["type": "object"]])]),
                "required": [.string(key)],
            ]
            content.append(.init("not", entry))
        }
        return ["properties": .object([.init(name, .object(content))]), "required": [.string(name)]]
    }

    private static func project(
        isOverlay: Bool,
        _ definitions: inout SchemaDefinitions
    ) -> [JSONValue.Member] {
        var properties: [JSONValue.Member] = []
        var rules: [JSONValue] = []
        for section in ConfigSection.allCases {
            let content = JSONValue.anyOf([definitions.reference(to: section), .empty])
            properties += section.names.map { .init($0, content) }
            if section.isRequired, !isOverlay { rules.append(.oneRequired(of: section.names)) }
            if let rule = JSONValue.onlyOne(of: section.names) { rules.append(rule) }
        }
        return [
            .init("type", isOverlay ? ["object", "null"] : "object"),
            .init("properties", .object(properties + [.schemaKey])),
            .init("patternProperties", .asides),
            .init("additionalProperties", false),
            .init("allOf", .array(rules)),
        ]
    }

    /// The keys of a pipeline, which may also stand under `config`, beside its name and the sections.
    private static func pipeline(
        isOverlay: Bool,
        _ definitions: inout SchemaDefinitions
    ) -> [JSONValue.Member] {
        let keys = definitions.properties(of: .pipeline).filter { !["nodes", "config"].contains($0.key) }
        var properties = [JSONValue.Member("name", ["type": "string", "minLength": 1])] + keys
        properties.append(
            .init("config", ["type": ["object", "null"], "properties": .object(keys), "additionalProperties": false])
        )
        for section in ConfigSection.allCases where section != .pipelines {
            let content = JSONValue.anyOf([definitions.reference(to: section), .empty])
            properties += section.names.map { .init($0, content) }
        }
        let rules: [JSONValue] = [.oneRequired(of: ["name"]), .oneRequired(of: ConfigSection.nodes.names)]
        return [
            .init("type", "object"),
            .init("properties", .object(properties + [.schemaKey])),
            .init("patternProperties", .asides),
            .init("additionalProperties", false),
            .init("allOf", .array(isOverlay ? [rules[0]] : rules)),
        ]
    }

    private static func descriptor(_ definitions: inout SchemaDefinitions) -> [JSONValue.Member] {
        let environment = JSONValue.anyOf([definitions.reference(to: .descriptorEnvironment), .empty])
        let content = definitions.properties(of: .descriptor).map { member -> JSONValue.Member in
            guard member.key == "env_config" else { return member }
            return .init(member.key, ["type": "object", "additionalProperties": environment])
        }
        return [
            .init("type", "object"), .init("properties", .object(content + [.schemaKey])),
            .init("required", ["env_config"]),
        ]
    }

    static let pipelineTypes = PipelineDefinition.Kind.allCases.map(\.rawValue)
}
