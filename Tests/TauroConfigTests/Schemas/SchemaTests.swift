import TauroBasics
import Testing

@testable import TauroConfig

@Suite("Schemas and the reference page come from the description of the keys")
struct SchemaTests {
    /// Every key set that a file can reach.
    private static let keySets: [ConfigKeySet] = {
        var found: [ConfigKeySet] = []
        func visit(_ type: ConfigType) {
            switch type {
            case .keys(let keySet): visit(keySet)
            case .mapOf(let inner), .listOf(let inner): visit(inner)
            case .either(let types): types.forEach(visit)
            default: break
            }
        }
        func visit(_ keySet: ConfigKeySet) {
            if found.contains(where: { $0.title == keySet.title }) { return }
            found.append(keySet)
            for key in keySet.keys { visit(key.type) }
        }
        for section in ConfigSection.allCases { visit(section.keySet) }
        return found
    }()

    @Test("each key set has a name of its own in a schema")
    func names() {
        #expect(Self.keySets.count > 15)
        let names = Self.keySets.map(\.schemaName) + ["reference", "whole_reference"]
        #expect(Set(names).count == names.count)
    }

    @Test("no spelling stands for two keys of a set")
    func spellings() {
        for keySet in Self.keySets {
            #expect(Set(keySet.spellings).count == keySet.spellings.count, "\(keySet.title)")
        }
    }

    @Test("every spelling of every key is in the schema of the project and on the page")
    func completeness() throws {
        let definitions = try #require(JSONSchema(.project).document["$defs"])
        let page = ReferencePage().text
        for keySet in Self.keySets {
            let properties = definitions[keySet.schemaName]?["properties"]
            for spelling in keySet.spellings {
                #expect(properties?[spelling] != nil, "\(keySet.title): \(spelling)")
                #expect(page.contains("`\(spelling)`"), "\(keySet.title): \(spelling)")
            }
        }
    }

    @Test("every default fits the key it is for")
    func defaults() throws {
        for keySet in Self.keySets {
            for key in keySet.keys {
                guard let value = key.defaultValue else { continue }
                let findings = Findings()
                let reader = try #require(
                    JSONFileReader.read(Array(value.text().utf8), file: "default", findings: findings)
                )
                let checker = TypeChecker(field: key.name, owner: Owner(keySet.title), findings: findings)
                #expect(checker.check(reader.root, as: key.type), "\(keySet.title): \(key.name)")
            }
        }
    }

    @Test("a reference in the schema leads to a definition", arguments: SchemaKind.allCases)
    func references(_ kind: SchemaKind) throws {
        let document = JSONSchema(kind).document
        let definitions = try #require(document["$defs"])
        func check(_ value: JSONValue) {
            switch value {
            case .object(let members):
                for member in members {
                    if member.key == "$ref", case .string(let target) = member.value {
                        #expect(definitions[String(target.dropFirst("#/$defs/".count))] != nil, "\(target)")
                    }
                    check(member.value)
                }
            case .array(let elements): elements.forEach(check)
            default: break
            }
        }
        check(document)
    }

    @Test("of the files of an environment nothing is required")
    func overlays() {
        #expect(JSONSchema(.section(.input)).document.text().contains(#"{"required":["format"]}"#))
        let overlay = JSONSchema(.section(.input), isOverlay: true).document["$defs"]?["input"]
        #expect(overlay?.text().contains(#"{"required":["format"]}"#) == false)
    }
}
