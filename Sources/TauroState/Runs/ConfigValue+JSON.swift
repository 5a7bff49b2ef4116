import TauroBasics
import TauroModel

/// How a run's record keeps values of the call: under the name of their kind, with the place they were written at.
///
/// What is secret is not kept, so a record that has such a value can not be read.
extension ConfigValue {
    /// The value as a document.
    var json: JSONValue {
        .object([content(), JSONValue.Member("at", location.json)])
    }

    /// Reads a document that `json` made; nil where it is none, or the value was secret.
    init?(_ json: JSONValue) {
        guard let members = json.members, let content = members.first.flatMap(Content.init),
            let location = json["at"].flatMap(SourceLocation.init)
        else { return nil }
        self.init(content, at: location)
    }

    private func content() -> JSONValue.Member {
        if isSecret { return JSONValue.Member("secret", true) }
        switch content {
        case .null: return JSONValue.Member("null", .null)
        case .bool(let flag): return JSONValue.Member("bool", .bool(flag))
        case .integer(let number): return JSONValue.Member("integer", .integer(number))
        case .double(let number):
            // JSON has no word for numbers that are not finite.
            return JSONValue.Member("double", number.isFinite ? .double(number) : .string(number.description))
        case .string(let text): return JSONValue.Member("string", .string(text))
        case .list(let items): return JSONValue.Member("list", .array(items.map(\.json)))
        case .map(let entries): return JSONValue.Member("map", .array(entries.map(\.json)))
        }
    }
}

extension ConfigValue.Content {
    fileprivate init?(_ member: JSONValue.Member) {
        let content: ConfigValue.Content? =
            switch member.key {
            case "null": .null
            case "bool": member.value.flag.map(ConfigValue.Content.bool)
            case "integer": member.value.integer.map(ConfigValue.Content.integer)
            case "double": member.value.number.map(ConfigValue.Content.double)
            case "string": member.value.text.map(ConfigValue.Content.string)
            case "list": member.value.list { ConfigValue($0) }.map(ConfigValue.Content.list)
            case "map": member.value.list(ConfigValue.Entry.init).map(ConfigValue.Content.map)
            default: nil
            }
        guard let content else { return nil }
        self = content
    }
}

extension ConfigValue.Entry {
    fileprivate var json: JSONValue {
        ["key": .string(key), "key_at": keyLocation.json, "value": value.json]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let key = json["key"]?.text, let location = json["key_at"].flatMap(SourceLocation.init),
            let value = json["value"].flatMap({ ConfigValue($0) })
        else { return nil }
        self.init(key: key, keyLocation: location, value: value)
    }
}

extension SourceLocation {
    fileprivate var json: JSONValue {
        ["file": .string(file), "line": .integer(Int64(line)), "column": .integer(Int64(column))]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let file = json["file"]?.text, let line = json["line"]?.count, let column = json["column"]?.count else {
            return nil
        }
        self.init(file: file, line: line, column: column)
    }
}
