extension JSONValue {
    /// Reads one document (RFC 8259, strictly).
    ///
    /// Whole numbers that 64 bits do not hold become doubles; of several members with one name all are kept.
    package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }

    /// Reads one document from UTF-8 bytes.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        var open: [OpenContainer] = []
        var document = JSONValue.null
        while true {
            let value: JSONValue
            switch try reader.next() {
            case .end:
                self = document
                return
            case .beginObject:
                open.append(OpenContainer(isObject: true))
                continue
            case .beginArray:
                open.append(OpenContainer(isObject: false))
                continue
            case .key(let key):
                open[open.count - 1].key = key
                continue
            case .endObject, .endArray: value = open.removeLast().value
            case .string(let text): value = .string(text)
            case .integer(let number): value = .integer(number)
            case .largeInteger(let number), .double(let number): value = .double(number)
            case .bool(let flag): value = .bool(flag)
            case .null: value = .null
            }
            if open.isEmpty {
                document = value
            } else {
                open[open.count - 1].append(value)
            }
        }
    }

    /// An object or array whose end has not been read.
    private struct OpenContainer {
        let isObject: Bool
        var key = ""
        var members: [Member] = []
        var elements: [JSONValue] = []

        var value: JSONValue { isObject ? .object(members) : .array(elements) }

        mutating func append(_ value: JSONValue) {
            if isObject {
                members.append(Member(key, value))
            } else {
                elements.append(value)
            }
        }
    }
}
