import TauroBasics

/// What a document says, or nil where it says something else.
extension JSONValue {
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    var count: Int? { integer.flatMap { Int(exactly: $0) } }

    /// A number, also one that is not finite and therefore a word.
    var number: Double? {
        switch self {
        case .double(let number): number
        case .integer(let number): Double(number)
        case .string("nan"): .nan
        case .string("inf"): .infinity
        case .string("-inf"): -.infinity
        default: nil
        }
    }

    var flag: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// A moment as `Timestamp` describes it.
    var moment: Timestamp? {
        guard let text else { return nil }
        if text.hasSuffix("ms") { return Int64(text.dropLast(2)).map(Timestamp.init(millisecondsSinceEpoch:)) }
        return Timestamp(parsing: text)
    }

    /// A list of which every element can be read.
    func list<Element>(_ read: (JSONValue) -> Element?) -> [Element]? {
        guard let elements else { return nil }
        let all = elements.compactMap(read)
        return all.count == elements.count ? all : nil
    }

    /// A list that may be left out.
    func list<Element>(_ name: String, _ read: (JSONValue) -> Element?) -> [Element]? {
        guard let value = self[name] else { return [] }
        return value.list(read)
    }
}
