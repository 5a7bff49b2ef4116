import TauroBasics

/// The members of a JSON object, each as the text that it is written in.
struct JSONMembers {
    /// A member's value: the text as it is written, numbers with every digit; of a string, what it says.
    enum Value: Equatable {
        case null
        case string(String)
        case number(String)
        /// `true`, `false`, an object or an array.
        case other(String)

        /// What it says as a text; nil for null.
        var text: String? {
            switch self {
            case .null: nil
            case .string(let text), .number(let text), .other(let text): text
            }
        }

        /// The JSON that it is; nil for null.
        var json: String? {
            switch self {
            case .null: nil
            case .string(let text): JSONValue.string(text).text()
            case .number(let text), .other(let text): text
            }
        }
    }

    /// In the order of the text; of several members with one name all are kept.
    let members: [(name: String, value: Value)]

    /// Reads an object.
    ///
    /// - Throws: `JSONError`, also for what is no object.
    init(_ bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        guard try reader.next() == .beginObject else { throw JSONError("expected an object", at: reader.eventOffset) }
        var members: [(name: String, value: Value)] = []
        var event = try reader.next()
        while case .key(let name) = event {
            let first = try reader.next()
            let start = reader.eventOffset
            try Self.skip(first, &reader)
            event = try reader.next()
            let text = Self.trimmed(bytes[start..<reader.eventOffset])
            members.append((name, Self.value(first, text)))
        }
        guard try reader.next() == .end else { throw JSONError("more than one value", at: reader.eventOffset) }
        self.members = members
    }

    /// Whether a text is one JSON object.
    static func isObject(_ text: String) -> Bool { (try? JSONMembers(Array(text.utf8))) != nil }

    /// Goes to the end of a value that has begun.
    private static func skip(_ first: JSONReader.Event, _ reader: inout JSONReader) throws(JSONError) {
        guard first == .beginObject || first == .beginArray else { return }
        var depth = 1
        while depth > 0 {
            switch try reader.next() {
            case .beginObject, .beginArray: depth += 1
            case .endObject, .endArray: depth -= 1
            default: break
            }
        }
    }

    /// Without the comma and the space behind a value.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let comma = UInt8(ascii: ",")
        var bytes = bytes
        while let last = bytes.last, last == comma || [0x20, 0x09, 0x0A, 0x0D].contains(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func value(_ event: JSONReader.Event, _ text: String) -> Value {
        switch event {
        case .null: .null
        case .string(let text): .string(text)
        case .integer, .largeInteger, .double: .number(text)
        default: .other(text)
        }
    }
}
